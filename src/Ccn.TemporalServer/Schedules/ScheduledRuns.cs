using System.Collections.Concurrent;
using Ccn.TemporalServer.Engine;

namespace Ccn.TemporalServer.Schedules;

/// <summary>The open runs that schedules wait for, by workflow ID: what closes is reported to the schedule that started it.</summary>
internal sealed class ScheduledRuns(WorkflowEngine engine)
{
    private readonly ConcurrentDictionary<(string NamespaceId, string WorkflowId), ScheduleRunner> followers = new();

    /// <summary>Reports the end of a run to a schedule from now on.</summary>
    public void Follow(string namespaceId, string workflowId, ScheduleRunner schedule) => followers[(namespaceId, workflowId)] = schedule;

    /// <summary>Ends that.</summary>
    public void Forget(string namespaceId, string workflowId, ScheduleRunner schedule) =>
        followers.TryRemove(new((namespaceId, workflowId), schedule));

    /// <summary>A run has closed.</summary>
    public void OnClosed(Execution execution)
    {
        if (followers.TryGetValue((execution.NamespaceId, execution.WorkflowId), out var schedule))
        {
            var closed = ClosedRun.Of(execution);
            engine.Background(() => schedule.CloseAsync(closed));
        }
    }
}
