using Ccn.TemporalServer.Matching;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>Workflow tasks: what a worker gets, and the events of tasks that are not written yet.</content>
internal sealed partial class Execution
{
    /// <summary>Hands the pending task to a worker. Null when there is none to hand out any more.</summary>
    /// <param name="tx">The transition.</param>
    /// <param name="scheduledEventId">Task that was queued.</param>
    /// <param name="poller">Who gets it.</param>
    /// <param name="sticky">True when the worker has the run in its cache: it gets the new events only.</param>
    /// <param name="requestId">Request ID of the hand-out, if it is the caller's; null to make one.</param>
    /// <param name="isEager">True when the client that started the run gets its first task; such a task records no size.</param>
    public PollWorkflowTaskQueueResponse? StartTask(Transition tx, long scheduledEventId, PollerIdentity poller, bool sticky, string? requestId = null, bool isEager = false)
    {
        if (!State.IsOpen || State.Pause is not null || State.Task is not { IsStarted: false } task || task.ScheduledEventId != scheduledEventId)
        {
            return null;
        }

        if (task.Kind == WorkflowTaskKind.Transient && task.ScheduledEventId != State.NextEventId)
        {
            AppendScheduled(tx, NormalQueue(), 1, BaseTaskTimeout);   // new events came while it waited: it starts afresh
        }

        MarkStarted(task, poller, requestId ?? Guid.NewGuid().ToString());
        task.HistorySizeBytes = isEager ? 0 : State.HistorySizeBytes;
        var started = StartedAttributes(task);
        task.Stamp = engine.NextStamp();
        List<HistoryEvent> unwrittenEvents = [];
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            var mustWriteBefore = mustWrite;
            Append(tx, new() { EventType = EventType.WorkflowTaskStarted, WorkflowTaskStartedEventAttributes = started });
            mustWrite = mustWriteBefore;   // stored with the next change; after a crash the task is handed out anew
        }
        else
        {
            task.StartedEventId = task.ScheduledEventId + 1;
            task.StartedAt = tx.Now;
            unwrittenEvents = UnwrittenEvents(task);
            ChangeLightly(tx);
        }

        return TaskAnswer(tx, task, sticky, unwrittenEvents);
    }

    private PollWorkflowTaskQueueResponse TaskAnswer(Transition tx, WorkflowTask task, bool sticky, List<HistoryEvent> unwrittenEvents)
    {
        var answer = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new TaskToken(TaskKind.Workflow, NamespaceId, WorkflowId, RunId, task.ScheduledEventId, task.Attempt, task.Stamp).ToBytes(),
            WorkflowExecution = Name,
            WorkflowType = State.Started.WorkflowType,
            PreviousStartedEventId = State.LastStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            History = new History(),
            WorkflowExecutionTaskQueue = NormalQueue(),
            ScheduledTime = task.ScheduledAt.AsTimestamp(),
            StartedTime = tx.Now.AsTimestamp(),
        };
        answer.History.Events.AddRange(History.Skip(sticky ? (int)State.LastStartedEventId : 0));
        answer.History.Events.AddRange(unwrittenEvents);
        foreach (var query in HeldQueries)
        {
            answer.Queries[query.Id] = query.Query;
        }

        foreach (var update in Updates.Send())
        {
            answer.Messages.Add(new Temporalio.Api.Protocol.V1.Message
            {
                Id = update.MessageId, ProtocolInstanceId = update.Id, EventId = task.StartedEventId - 1, Body = Any.Pack(update.Request),
            });
        }

        return answer;
    }

    private void MarkStarted(WorkflowTask task, PollerIdentity poller, string requestId)
    {
        task.Identity = poller.Identity;
        task.RequestId = requestId;
        task.WorkerVersion = poller.BuildId.Length == 0 ? null : new WorkerVersionStamp { BuildId = poller.BuildId };
        task.SuggestReasons = SuggestReasons();
    }

    private static WorkflowTaskStartedEventAttributes StartedAttributes(WorkflowTask task)
    {
        var started = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId, Identity = task.Identity, RequestId = task.RequestId, HistorySizeBytes = task.HistorySizeBytes,
            SuggestContinueAsNew = task.SuggestReasons.Count > 0, WorkerVersion = task.WorkerVersion,
        };
        started.SuggestContinueAsNewReasons.AddRange(task.SuggestReasons);
        return started;
    }

    private List<SuggestContinueAsNewReason> SuggestReasons()
    {
        List<SuggestContinueAsNewReason> reasons = [];
        if (State.HistorySizeBytes >= engine.Limits.SuggestContinueAsNewBytes)
        {
            reasons.Add(SuggestContinueAsNewReason.HistorySizeTooLarge);
        }

        if (History.Count >= engine.Limits.SuggestContinueAsNewEvents)
        {
            reasons.Add(SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        if (Updates.Total * 10L >= engine.Limits.UpdatesPerRun * 9L)
        {
            reasons.Add(SuggestContinueAsNewReason.TooManyUpdates);
        }

        return reasons;
    }

    /// <summary>The events of a task that is not written: they travel in its answer, and are written when it completes.</summary>
    private static List<HistoryEvent> UnwrittenEvents(WorkflowTask task)
    {
        List<HistoryEvent> events =
        [
            new()
            {
                EventId = task.ScheduledEventId, EventTime = task.ScheduledAt.AsTimestamp(), EventType = EventType.WorkflowTaskScheduled,
                WorkflowTaskScheduledEventAttributes = new() { TaskQueue = task.Queue, Attempt = task.Attempt, StartToCloseTimeout = task.StartToClose.AsDuration() },
            },
        ];
        if (task.StartedAt is { } at)
        {
            events.Add(new()
            {
                EventId = task.StartedEventId, EventTime = at.AsTimestamp(), EventType = EventType.WorkflowTaskStarted,
                WorkflowTaskStartedEventAttributes = StartedAttributes(task),
            });
        }

        return events;
    }

    /// <summary>What GetWorkflowExecutionHistory shows behind the written events.</summary>
    public IReadOnlyList<HistoryEvent> UnwrittenTaskEvents()
    {
        if (State is not { IsOpen: true, Task: { Kind: not WorkflowTaskKind.Normal } task } || task.ScheduledEventId != State.NextEventId)
        {
            return [];
        }

        var events = UnwrittenEvents(task);
        if (events[^1].WorkflowTaskStartedEventAttributes is { } started)
        {
            started.Identity = "";   // whose it is is written with it, at its end
        }

        return events;
    }
}
