using Ccn.Domain.Events;

namespace Ccn.Data.Lifecycle;

/// <summary>Steps that wait for an operator; the same step may park again after it was resolved.</summary>
internal static class ParkedStepProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case NeedsAttentionRaised raised:
            {
                var step = await RowAsync(db, raised.WorkflowId, raised.Step, cancel);
                if (!e.Stamp.Follows(step.Raised)) { break; }

                (step.Raised, step.RaisedAt, step.DesignId) = (e.Stamp, e.OccurredAt, e.DesignId);
                (step.FailureType, step.Message) = (raised.FailureType, raised.Message);
                step.IsOpen = step.Raised.Follows(step.Resolved);
                break;
            }

            case NeedsAttentionResolved resolved:
            {
                var step = await RowAsync(db, resolved.WorkflowId, resolved.Step, cancel);
                if (!e.Stamp.Follows(step.Resolved)) { break; }

                (step.Resolved, step.ResolvedAt, step.ResolvedBy) = (e.Stamp, e.OccurredAt, e.ActorId);
                (step.Resolution, step.Reason) = (resolved.Resolution, resolved.Reason);
                step.IsOpen = step.Raised.Follows(step.Resolved);
                break;
            }
        }
    }

    private static ValueTask<ParkedStepView> RowAsync(CcnDbContext db, string workflowId, string step, CancellationToken cancel) =>
        db.ParkedSteps.RowAsync(() => new() { WorkflowId = workflowId, Step = step }, cancel, workflowId, step);
}
