using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Ccn.TemporalServer.Engine;

/// <content>Commands: each becomes an event, or fails the task.</content>
internal sealed partial class Execution
{
    private void ApplyCommand(Transition tx, Command command, Completion completion)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask: ScheduleActivity(tx, command, completion); break;
            case CommandType.RequestCancelActivityTask: CancelActivity(tx, command, completion); break;
            case CommandType.StartTimer: StartTimer(tx, command, completion); break;
            case CommandType.CancelTimer: CancelTimer(tx, command, completion); break;
            case CommandType.RecordMarker: RecordMarker(tx, command, completion); break;
            case CommandType.UpsertWorkflowSearchAttributes: UpsertSearchAttributes(tx, command, completion); break;
            case CommandType.ModifyWorkflowProperties: ModifyProperties(tx, command, completion); break;
            case CommandType.StartChildWorkflowExecution: InitiateChild(tx, command, completion); break;
            case CommandType.SignalExternalWorkflowExecution: InitiateSignal(tx, command, completion); break;
            case CommandType.RequestCancelExternalWorkflowExecution: InitiateCancel(tx, command, completion); break;
            case CommandType.ProtocolMessage: ApplyProtocolMessage(tx, command, completion); break;
            case CommandType.CompleteWorkflowExecution:
            case CommandType.FailWorkflowExecution:
            case CommandType.CancelWorkflowExecution:
            case CommandType.ContinueAsNewWorkflowExecution:
                CloseByCommand(tx, command, completion);
                break;
            default:
                throw new BadCommand(Cause.FeatureDisabled, $"Unknown command type: {command.CommandType}");
        }
    }

    private void StartTimer(Transition tx, Command command, Completion completion)
    {
        var attributes = command.StartTimerCommandAttributes;
        if (attributes.TimerId.Length == 0)
        {
            throw new BadCommand(Cause.BadStartTimerAttributes, "TimerId is not set on StartTimerCommand.");
        }

        if (State.Timers.ContainsKey(attributes.TimerId))
        {
            throw new BadCommand(Cause.StartTimerDuplicateId, InvalidState("add-timer-started-event", "TimerID", attributes.TimerId));
        }

        Append(
            tx,
            new()
            {
                EventType = EventType.TimerStarted,
                TimerStartedEventAttributes = new()
                {
                    TimerId = attributes.TimerId, StartToFireTimeout = attributes.StartToFireTimeout, WorkflowTaskCompletedEventId = completion.CompletedEventId,
                },
            },
            command.UserMetadata);
    }

    /// <summary>A timer that fired while the task was started is canceled all the same: the worker has not seen it fire.</summary>
    private void CancelTimer(Transition tx, Command command, Completion completion)
    {
        var timerId = command.CancelTimerCommandAttributes.TimerId;
        if (!State.Timers.TryGetValue(timerId, out var timer))
        {
            throw new BadCommand(Cause.BadCancelTimerAttributes, InvalidState("add-timer-canceled-event", "TimerID", timerId));
        }

        Buffer.RemoveAll(e => e.TimerFiredEventAttributes?.TimerId == timerId);
        Append(
            tx,
            new()
            {
                EventType = EventType.TimerCanceled,
                TimerCanceledEventAttributes = new()
                {
                    TimerId = timerId, StartedEventId = timer.StartedEventId, WorkflowTaskCompletedEventId = completion.CompletedEventId,
                    Identity = completion.Request.Identity,
                },
            },
            command.UserMetadata);
    }

    private void RecordMarker(Transition tx, Command command, Completion completion)
    {
        var attributes = command.RecordMarkerCommandAttributes;
        if (attributes.MarkerName.Length == 0)
        {
            throw new BadCommand(Cause.BadRecordMarkerAttributes, "MarkerName is not set on RecordMarkerCommand.");
        }

        var marker = new MarkerRecordedEventAttributes
        {
            MarkerName = attributes.MarkerName, Header = attributes.Header, Failure = attributes.Failure, WorkflowTaskCompletedEventId = completion.CompletedEventId,
        };
        marker.Details.Add(attributes.Details);
        CheckSize(Cause.BadRecordMarkerAttributes, marker.Details.Values.Sum(d => d.CalculateSize()), "RecordMarkerCommandAttributes.Details exceeds size limit.");
        Append(tx, new() { EventType = EventType.MarkerRecorded, MarkerRecordedEventAttributes = marker }, command.UserMetadata);
    }

    private void UpsertSearchAttributes(Transition tx, Command command, Completion completion)
    {
        var attributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes;
        if (attributes is null)
        {
            throw new BadCommand(Cause.BadSearchAttributes, "SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.");
        }

        try
        {
            attributes = engine.CheckSearchAttributes(NamespaceId, attributes);
        }
        catch (Wire.RpcFailure refused)
        {
            throw new BadCommand(Cause.BadSearchAttributes, refused.Message);
        }

        Append(
            tx,
            new()
            {
                EventType = EventType.UpsertWorkflowSearchAttributes,
                UpsertWorkflowSearchAttributesEventAttributes = new() { SearchAttributes = attributes, WorkflowTaskCompletedEventId = completion.CompletedEventId },
            },
            command.UserMetadata);
    }

    private void ModifyProperties(Transition tx, Command command, Completion completion)
    {
        var memo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo;
        if (memo is null)
        {
            throw new BadCommand(Cause.BadModifyWorkflowPropertiesAttributes, "UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.");
        }

        if (memo.CalculateSize() > engine.Limits.MemoBytes)
        {
            throw new BadCommand(Cause.BadModifyWorkflowPropertiesAttributes, "ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit.") { TerminatesRun = true };
        }

        Append(
            tx,
            new()
            {
                EventType = EventType.WorkflowPropertiesModified,
                WorkflowPropertiesModifiedEventAttributes = new() { UpsertedMemo = memo, WorkflowTaskCompletedEventId = completion.CompletedEventId },
            },
            command.UserMetadata);
    }

    private void CheckNames(Cause cause, params ReadOnlySpan<(string Field, string Name)> names)
    {
        try
        {
            foreach (var (field, name) in names)
            {
                Names.Check(field, name, engine.Limits);
            }
        }
        catch (Wire.RpcFailure refused)
        {
            throw new BadCommand(cause, refused.Message);
        }
    }

    /// <summary>A payload above the limit would never fit: the run is ended rather than left to fail for ever.</summary>
    private void CheckSize(Cause cause, int bytes, string text)
    {
        if (bytes > engine.Limits.BlobBytes)
        {
            throw new BadCommand(cause, text) { TerminatesRun = true };
        }
    }

    private void CheckSize(Cause cause, IMessage? payload, string field) => CheckSize(cause, payload.SizeOrZero(), field + " exceeds size limit.");

    private static void CheckPending(Cause cause, int pending, int limit, string what)
    {
        if (pending >= limit)
        {
            throw new BadCommand(cause, $"the number of {what}, {pending}, has reached the per-workflow limit of {limit}");
        }
    }

    private static string InvalidState(string action, string key, string value) =>
        $"invalid history builder state for action: {action}, {key}: {value}";

    /// <summary>A duration as the wire has it, absent when it is not set.</summary>
    private static Duration? NonZero(Duration? duration) => duration.OrZero() == TimeSpan.Zero ? null : duration;
}
