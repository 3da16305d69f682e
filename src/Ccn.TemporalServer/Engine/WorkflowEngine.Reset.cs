namespace Ccn.TemporalServer.Engine;

/// <content>Resets, which may concern all later runs of a chain.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>Goes back in a run; gives the run ID of the new one.</summary>
    public async Task<string> ResetAsync(RunRef run, ResetOrder order)
    {
        while (true)
        {
            var later = await ReadAsync(run, execution => execution.State.NextRunId);
            while (later.Length > 0)
            {
                later = await ReadAsync(run with { RunId = later }, execution => execution.State.NextRunId);
            }

            var newRunId = await TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
                FollowersOf(slot, slot.Require(run.RunId)) is { } followers ? slot.Require(run.RunId).Reset(tx, order, followers).RunId : null);
            if (newRunId is not null)
            {
                return newRunId;
            }
        }
    }

    /// <summary>The runs after one in its chain; null when one of them went out of memory meanwhile.</summary>
    private static List<Execution>? FollowersOf(WorkflowSlot slot, Execution first)
    {
        List<Execution> followers = [];
        for (var next = first.State.NextRunId; next.Length > 0; next = followers[^1].State.NextRunId)
        {
            if (slot.Find(next) is not { } follower)
            {
                return null;
            }

            followers.Add(follower);
        }

        return followers;
    }
}
