using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <content>What others ask of a run: signals and cancel requests.</content>
internal sealed partial class Execution
{
    /// <summary>Records a signal, unless its request ID was seen before. During a backoff it waits with the run.</summary>
    public void Signal(Transition tx, WorkflowExecutionSignaledEventAttributes signal)
    {
        var requestId = signal.RequestId;
        if (requestId.Length > 0
            && (State.SignalRequestIds.Contains(requestId) || IsBuffered(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId == requestId)))
        {
            return;
        }

        if (State.SignalCount + Buffer.Count(e => e.AttributesCase == AttributesCase.WorkflowExecutionSignaledEventAttributes) >= engine.Limits.SignalsPerRun)
        {
            throw Refusal.Invalid("exceeded workflow execution limit for signal events");
        }

        Record(tx, new HistoryEvent { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = signal });
    }

    /// <summary>Records a cancel request; a second one changes nothing. It ends a backoff.</summary>
    public void RequestCancel(Transition tx, WorkflowExecutionCancelRequestedEventAttributes request)
    {
        if (!State.IsOpen || State.IsCancelRequested || IsBuffered(e => e.AttributesCase == AttributesCase.WorkflowExecutionCancelRequestedEventAttributes))
        {
            return;
        }

        Record(tx, new HistoryEvent { EventType = EventType.WorkflowExecutionCancelRequested, WorkflowExecutionCancelRequestedEventAttributes = request });
        ScheduleTask(tx, endBackoff: true);
    }

    /// <summary>True when a start with this request ID means this run.</summary>
    public bool IsStartedBy(string requestId) => requestId.Length > 0
        && (StartRequestId == requestId
            || State.AttachedRequestIds.ContainsKey(requestId));

    /// <summary>Remembers the request ID of a start that found this run.</summary>
    public void AttachRequestId(Transition tx, string requestId)
    {
        if (IsStartedBy(requestId))
        {
            return;
        }

        MaterializeSpeculative(tx);
        Append(tx, new()
        {
            EventType = EventType.WorkflowExecutionOptionsUpdated, WorkerMayIgnore = true,
            WorkflowExecutionOptionsUpdatedEventAttributes = new() { AttachedRequestId = requestId },
        });
    }

    /// <summary>Gives the first workflow task to the caller that started the run.</summary>
    public Temporalio.Api.WorkflowService.V1.PollWorkflowTaskQueueResponse? StartEagerly(Transition tx, string identity) =>
        State.Task is { IsStarted: false } task ? StartTask(tx, task.ScheduledEventId, new(identity), sticky: false, StartRequestId, isEager: true) : null;
}
