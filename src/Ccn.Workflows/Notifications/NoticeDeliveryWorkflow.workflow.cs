using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Notifications;

/// <summary>Brings notices to people by e-mail and web push. What is due stands in the database; a signal says that there is something, so one that is lost costs time and no notice.</summary>
[Workflow("NoticeDelivery")]
public sealed class NoticeDeliveryWorkflow
{
    public const string Id = "notices";

    private const int BatchesPerRun = 500;

    private readonly NoticeDeliveryInput input;
    private readonly WorkflowProgress progress;
    private bool due = true;   // each run looks first: a signal may have come too late for the last one
    private DateTimeOffset? nextAttemptAt;
    private int batches;

    [WorkflowInit]
    public NoticeDeliveryWorkflow(NoticeDeliveryInput input)
    {
        this.input = input;
        progress = new(null, "NoticeDelivery", "Waiting", FormattableString.Invariant($"/{input.Run}"));
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    [WorkflowRun]
    public async Task RunAsync(NoticeDeliveryInput input)
    {
        try
        {
            while (batches < BatchesPerRun && !Workflow.ContinueAsNewSuggested)
            {
                await NextAsync();
                await DeliverAsync();
            }

            await WorkflowTime.HandlersFinishedAsync();
            Workflow.CancellationToken.ThrowIfCancellationRequested();   // the next run would know nothing of it
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            progress.Working("Canceled");
            await WorkflowTime.HandlersFinishedAsync();
            throw;
        }

        throw Workflow.CreateContinueAsNewException((NoticeDeliveryWorkflow wf) => wf.RunAsync(new(this.input.Run + 1)));
    }

    /// <summary>There is something to deliver.</summary>
    [WorkflowSignal("due")]
    public Task DueAsync()
    {
        due = true;
        return Task.CompletedTask;
    }

    private async Task NextAsync()
    {
        progress.Waiting("Waiting", "the next notice", Party.None, nextAttemptAt, nextAttemptAt is null ? null : "what nobody took is sent again");
        if (nextAttemptAt is { } at) { await WorkflowTime.UntilAsync(() => due, at, "Next attempt"); }
        else { await Workflow.WaitConditionAsync(() => due); }
    }

    private async Task DeliverAsync()
    {
        due = false;
        batches++;
        progress.Working("Delivering");
        await progress.TryAsync("deliver", async () =>
        {
            var delivered = await Workflow.ExecuteActivityAsync((INoticeActivities a) => a.DeliverAsync(), ActivityPolicies.Pages.Titled("Send what is due"));
            nextAttemptAt = delivered.NextAttemptAt;
            due |= delivered.More;   // read after the wait: a signal may have come meanwhile
        });
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);
}
