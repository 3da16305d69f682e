using Ccn.TemporalServer.Namespaces;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>What operators do to an open run: pause it, let it go on, give it other options.</content>
internal sealed partial class Execution
{
    /// <summary>
    /// Keeps workflow tasks from being started: signals, timers and results are recorded, and the worker sees them when the
    /// run goes on. A task that a worker has already is finished. The same request again changes nothing.
    /// </summary>
    public void Pause(Transition tx, WorkflowExecutionPausedEventAttributes pause)
    {
        if (State.Pause is { } already)
        {
            if (pause.RequestId.Length > 0 && already.RequestId == pause.RequestId)
            {
                return;
            }

            throw Refusal.Precondition("workflow is already paused.");
        }

        MaterializeSpeculative(tx);
        Append(tx, new() { EventType = EventType.WorkflowExecutionPaused, WorkerMayIgnore = true, WorkflowExecutionPausedEventAttributes = pause });
    }

    /// <summary>Lets a paused run go on, with a workflow task.</summary>
    public void Unpause(Transition tx, WorkflowExecutionUnpausedEventAttributes unpause)
    {
        if (State.Pause is null)
        {
            throw Refusal.Precondition("workflow is not paused.");
        }

        Append(tx, new() { EventType = EventType.WorkflowExecutionUnpaused, WorkerMayIgnore = true, WorkflowExecutionUnpausedEventAttributes = unpause });
        if (State.Task is { IsStarted: false })
        {
            Dispatch(tx);   // pollers were refused it meanwhile
        }
        else
        {
            ScheduleTask(tx);
        }
    }

    /// <summary>Changes options of the run; gives those that hold now. Each call is an event, as on the real server.</summary>
    /// <param name="tx">The transition.</param>
    /// <param name="wanted">New values; an absent one takes the option away.</param>
    /// <param name="setsOverride">True when the versioning override is meant.</param>
    /// <param name="setsPriority">True when the priority is meant.</param>
    /// <param name="identity">Who asks.</param>
    public WorkflowExecutionOptions UpdateOptions(Transition tx, WorkflowExecutionOptions wanted, bool setsOverride, bool setsPriority, string identity)
    {
        if (setsOverride || setsPriority)
        {
            MaterializeSpeculative(tx);
            Append(tx, new()
            {
                EventType = EventType.WorkflowExecutionOptionsUpdated, WorkerMayIgnore = true,
                WorkflowExecutionOptionsUpdatedEventAttributes = new()
                {
                    VersioningOverride = setsOverride ? wanted.VersioningOverride : null, UnsetVersioningOverride = setsOverride && wanted.VersioningOverride is null,
                    Priority = setsPriority ? wanted.Priority ?? new() : null, Identity = identity,
                },
            });
        }

        return new() { VersioningOverride = State.VersioningOverride, Priority = State.Priority };
    }

    /// <summary>Search attributes as they are now, with what is paused: no event tells of that.</summary>
    public SearchAttributes SearchAttributes()
    {
        var attributes = new SearchAttributes { IndexedFields = { State.SearchAttributes } };
        List<string> paused =
        [
            .. State.Pause is { } pause ? [$"Workflow:{WorkflowId}", $"Reason:{pause.Reason}"] : Array.Empty<string>(),
            .. State.Activities.Values.Where(a => a is { IsClosing: false, Attempts.Pause: not null })
                .Select(a => $"property:activityType={a.Scheduled.ActivityType.Name}").Distinct(StringComparer.Ordinal),
        ];
        if (State.IsOpen && paused.Count > 0)
        {
            attributes.IndexedFields["TemporalPauseInfo"] = SearchAttributeValues.Encode(paused, IndexedValueType.KeywordList);
        }

        return attributes;
    }
}
