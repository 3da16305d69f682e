using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <content>The meaning of each event.</content>
internal sealed partial class ExecutionState
{
    /// <summary>Advances the state by one event. Events come in order and without a gap.</summary>
    public void Apply(HistoryEvent e)
    {
        NextEventId = e.EventId + 1;
        HistorySizeBytes += e.CalculateSize();
        switch (e.AttributesCase)
        {
            case AttributesCase.WorkflowExecutionStartedEventAttributes:
                ApplyStarted(e);
                break;
            case AttributesCase.WorkflowTaskScheduledEventAttributes:
            case AttributesCase.WorkflowTaskStartedEventAttributes:
            case AttributesCase.WorkflowTaskCompletedEventAttributes:
            case AttributesCase.WorkflowTaskFailedEventAttributes:
            case AttributesCase.WorkflowTaskTimedOutEventAttributes:
                ApplyTask(e);
                break;
            case AttributesCase.WorkflowExecutionSignaledEventAttributes:
                SignalCount++;
                if (e.WorkflowExecutionSignaledEventAttributes.RequestId is { Length: > 0 } signalId)
                {
                    SignalRequestIds.Add(signalId);
                }

                break;
            case AttributesCase.WorkflowExecutionCancelRequestedEventAttributes:
                IsCancelRequested = true;
                break;
            case AttributesCase.WorkflowExecutionOptionsUpdatedEventAttributes:
                ApplyOptions(e, e.WorkflowExecutionOptionsUpdatedEventAttributes);
                break;
            case AttributesCase.UpsertWorkflowSearchAttributesEventAttributes:
                Merge(SearchAttributes, e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields);
                break;
            case AttributesCase.WorkflowPropertiesModifiedEventAttributes:
                Merge(Memo, e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo?.Fields);
                break;
            case AttributesCase.TimerStartedEventAttributes:
                var timer = e.TimerStartedEventAttributes;
                Timers[timer.TimerId] = new(timer.TimerId, e.EventId, e.EventTime.ToDateTimeOffset() + timer.StartToFireTimeout.OrZero());
                break;
            case AttributesCase.TimerFiredEventAttributes:
                Timers.Remove(e.TimerFiredEventAttributes.TimerId);
                break;
            case AttributesCase.TimerCanceledEventAttributes:
                Timers.Remove(e.TimerCanceledEventAttributes.TimerId);
                break;
            default:
                ApplyMore(e);
                break;
        }
    }

    private void ApplyMore(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.WorkflowExecutionPausedEventAttributes:
                var pause = e.WorkflowExecutionPausedEventAttributes;
                (Status, Pause) = (WorkflowExecutionStatus.Paused, new(e.EventTime.ToDateTimeOffset(), pause.Identity, pause.Reason, pause.RequestId));
                break;
            case AttributesCase.WorkflowExecutionUnpausedEventAttributes:
                (Status, Pause) = (WorkflowExecutionStatus.Running, null);
                break;
            case AttributesCase.WorkflowExecutionUpdateAdmittedEventAttributes:
                var admitted = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
                Updates[admitted.Meta.UpdateId] = new(0, admitted);
                break;
            case AttributesCase.WorkflowExecutionUpdateAcceptedEventAttributes:
                var accepted = e.WorkflowExecutionUpdateAcceptedEventAttributes;
                Updates[accepted.ProtocolInstanceId] = new(e.EventId, accepted.AcceptedRequest ?? KnownRequest(accepted.ProtocolInstanceId));
                break;
            case AttributesCase.WorkflowExecutionUpdateCompletedEventAttributes:
                var completed = e.WorkflowExecutionUpdateCompletedEventAttributes;
                if (Updates.TryGetValue(completed.Meta.UpdateId, out var update))
                {
                    update.Outcome = completed.Outcome;
                }

                break;
            default:
                if (!ApplyActivity(e) && !ApplyChild(e) && !ApplyExternal(e))
                {
                    ApplyClose(e);
                }

                break;
        }
    }

    private void ApplyOptions(HistoryEvent e, WorkflowExecutionOptionsUpdatedEventAttributes options)
    {
        if (options.AttachedRequestId is { Length: > 0 } attached)
        {
            AttachedRequestIds.TryAdd(attached, new(e.EventType, e.EventId));
        }

        if (options.VersioningOverride is not null || options.UnsetVersioningOverride)
        {
            (VersioningOverride, HadVersioningOverride) = (options.VersioningOverride, true);
        }

        Priority = options.Priority ?? Priority;
    }

    private Request? KnownRequest(string updateId) => Updates.TryGetValue(updateId, out var known) ? known.Request : null;

    private void ApplyStarted(HistoryEvent e)
    {
        Started = e.WorkflowExecutionStartedEventAttributes;
        StartTime = OriginalStartTime = e.EventTime.ToDateTimeOffset();
        (UserMetadata, Priority) = (e.UserMetadata, Started.Priority);
        (VersioningOverride, HadVersioningOverride) = (Started.VersioningOverride, Started.VersioningOverride is not null);
        Merge(Memo, Started.Memo?.Fields);
        Merge(SearchAttributes, Started.SearchAttributes?.IndexedFields);
    }

    private void ApplyTask(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.WorkflowTaskScheduledEventAttributes:
                ApplyTaskScheduled(e, e.WorkflowTaskScheduledEventAttributes);
                break;
            case AttributesCase.WorkflowTaskStartedEventAttributes:
                var started = e.WorkflowTaskStartedEventAttributes;
                Task!.StartedEventId = e.EventId;
                Task.StartedAt = e.EventTime.ToDateTimeOffset();
                (Task.Identity, Task.RequestId, Task.WorkerVersion) = (started.Identity, started.RequestId, started.WorkerVersion);
                Task.HistorySizeBytes = started.HistorySizeBytes;
                break;
            case AttributesCase.WorkflowTaskCompletedEventAttributes:
                ApplyTaskCompleted(e, e.WorkflowTaskCompletedEventAttributes);
                break;
            case AttributesCase.WorkflowTaskFailedEventAttributes when e.WorkflowTaskFailedEventAttributes.Cause == WorkflowTaskFailedCause.ResetWorkflow:
                StartTime = e.EventTime.ToDateTimeOffset();
                ResetTime = StartTime;
                EndTask(keepAttempt: true);
                break;
            case AttributesCase.WorkflowTaskFailedEventAttributes:
                EndTask();
                break;
            default:
                EndTask(e.WorkflowTaskTimedOutEventAttributes.TimeoutType == TimeoutType.ScheduleToStart);
                break;
        }
    }

    /// <summary>A task that was known before it was written (transient, speculative) keeps its other properties.</summary>
    private void ApplyTaskScheduled(HistoryEvent e, WorkflowTaskScheduledEventAttributes scheduled)
    {
        HadTask = true;
        var at = e.EventTime.ToDateTimeOffset();
        if (Task is null)
        {
            Task = new()
            {
                Kind = WorkflowTaskKind.Normal, ScheduledEventId = e.EventId, Attempt = scheduled.Attempt, Queue = scheduled.TaskQueue,
                StartToClose = scheduled.StartToCloseTimeout.OrZero(), ScheduledAt = at, OriginalScheduledAt = at,
            };
            return;
        }

        (Task.Kind, Task.ScheduledEventId, Task.Attempt) = (WorkflowTaskKind.Normal, e.EventId, scheduled.Attempt);
        (Task.Queue, Task.StartToClose) = (scheduled.TaskQueue, scheduled.StartToCloseTimeout.OrZero());
    }

    private void ApplyTaskCompleted(HistoryEvent e, WorkflowTaskCompletedEventAttributes completed)
    {
        (LastStartedEventId, LastCompletedEventId) = (completed.StartedEventId, e.EventId);
        WorkerVersion = completed.WorkerVersion;
        NextTaskAttempt = 1;
        Task = null;

        var buildId = completed.WorkerVersion?.BuildId ?? "";
        AddToList("BuildIds", buildId.Length == 0 ? ["unversioned"] : ["unversioned", "unversioned:" + buildId]);
        if (completed.BinaryChecksum.Length > 0)
        {
            AddToList("BinaryChecksums", [completed.BinaryChecksum]);
        }

        var point = completed.BinaryChecksum.Length > 0 ? completed.BinaryChecksum : buildId;
        var isKnownOfChain = Started.PrevAutoResetPoints?.Points.Any(p => p.BuildId == point) == true;
        if (!isKnownOfChain && ResetPoints.TrueForAll(p => p.BuildId != point))
        {
            ResetPoints.Add(new(point, Started.OriginalExecutionRunId, e.EventId, e.EventTime));
        }
    }

    /// <summary>A task on a sticky queue that failed does not count: the next one is a first attempt on the normal queue.</summary>
    private void EndTask(bool keepAttempt = false)
    {
        NextTaskAttempt = keepAttempt || Task is null || Task.IsSticky ? 1 : Task.Attempt + 1;
        Task = null;
    }

    private bool ApplyActivity(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.ActivityTaskScheduledEventAttributes:
                Activities[e.EventId] = new(e.EventId, e.ActivityTaskScheduledEventAttributes, e.EventTime.ToDateTimeOffset());
                return true;
            case AttributesCase.ActivityTaskStartedEventAttributes:
                Activities[e.ActivityTaskStartedEventAttributes.ScheduledEventId].StartedEventId = e.EventId;
                return true;
            case AttributesCase.ActivityTaskCancelRequestedEventAttributes:
                if (Activities.TryGetValue(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var activity))
                {
                    activity.CancelRequestedEventId = e.EventId;
                }

                return true;
            default:
                return EventRelations.ClosedActivity(e) is { } closed && Activities.Remove(closed);
        }
    }

    private bool ApplyChild(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.StartChildWorkflowExecutionInitiatedEventAttributes:
                Children[e.EventId] = new(e.EventId, e.StartChildWorkflowExecutionInitiatedEventAttributes);
                return true;
            case AttributesCase.ChildWorkflowExecutionStartedEventAttributes:
                var started = e.ChildWorkflowExecutionStartedEventAttributes;
                var child = Children[started.InitiatedEventId];
                (child.StartedEventId, child.RunId) = (e.EventId, started.WorkflowExecution.RunId);
                return true;
            default:
                return EventRelations.ClosedChild(e) is { } closed && Children.Remove(closed);
        }
    }

    private bool ApplyExternal(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.SignalExternalWorkflowExecutionInitiatedEventAttributes:
                ExternalSignals[e.EventId] = new(e);
                return true;
            case AttributesCase.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
                ExternalCancels[e.EventId] = new(e);
                return true;
            default:
                return EventRelations.AnsweredExternal(e) is { } answered
                    && (ExternalSignals.Remove(answered) || ExternalCancels.Remove(answered));
        }
    }

    private void ApplyClose(HistoryEvent e)
    {
        var (status, next) = e.AttributesCase switch
        {
            AttributesCase.WorkflowExecutionCompletedEventAttributes =>
                (WorkflowExecutionStatus.Completed, e.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId),
            AttributesCase.WorkflowExecutionFailedEventAttributes =>
                (WorkflowExecutionStatus.Failed, e.WorkflowExecutionFailedEventAttributes.NewExecutionRunId),
            AttributesCase.WorkflowExecutionTimedOutEventAttributes =>
                (WorkflowExecutionStatus.TimedOut, e.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId),
            AttributesCase.WorkflowExecutionContinuedAsNewEventAttributes =>
                (WorkflowExecutionStatus.ContinuedAsNew, e.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId),
            AttributesCase.WorkflowExecutionCanceledEventAttributes => (WorkflowExecutionStatus.Canceled, ""),
            AttributesCase.WorkflowExecutionTerminatedEventAttributes => (WorkflowExecutionStatus.Terminated, ""),
            _ => (WorkflowExecutionStatus.Running, ""),
        };
        if (status != WorkflowExecutionStatus.Running)
        {
            (Status, NextRunId, CloseTime, Task, Pause) = (status, next, e.EventTime.ToDateTimeOffset(), null, null);
        }
    }

    private static void Merge(SortedDictionary<string, Payload> into, IEnumerable<KeyValuePair<string, Payload>>? changes)
    {
        foreach (var (key, value) in changes ?? [])
        {
            if (value.IsRemoval())
            {
                into.Remove(key);
            }
            else
            {
                into[key] = value;
            }
        }
    }

    private void AddToList(string attribute, string[] values)
    {
        var known = SearchAttributes.TryGetValue(attribute, out var payload)
            ? System.Text.Json.JsonSerializer.Deserialize<List<string>>(payload.Data.Span) ?? []
            : [];
        var added = values.Where(v => !known.Contains(v, StringComparer.Ordinal)).ToList();
        if (added.Count == 0)
        {
            return;
        }

        known.AddRange(added);
        SearchAttributes[attribute] = SearchAttributeValues.Encode(known, IndexedValueType.KeywordList);
    }
}
