using Temporalio.Api.History.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <summary>Which earlier event an event belongs to.</summary>
internal static class EventRelations
{
    /// <summary>For an event that closes an activity: its Scheduled event.</summary>
    public static long? ClosedActivity(HistoryEvent e) => e.AttributesCase switch
    {
        AttributesCase.ActivityTaskCompletedEventAttributes => e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        AttributesCase.ActivityTaskFailedEventAttributes => e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        AttributesCase.ActivityTaskTimedOutEventAttributes => e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        AttributesCase.ActivityTaskCanceledEventAttributes => e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        _ => null,
    };

    /// <summary>For an event that closes a child, or says that it did not start: its Initiated event.</summary>
    public static long? ClosedChild(HistoryEvent e) => e.AttributesCase switch
    {
        AttributesCase.StartChildWorkflowExecutionFailedEventAttributes => e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        AttributesCase.ChildWorkflowExecutionCompletedEventAttributes => e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
        AttributesCase.ChildWorkflowExecutionFailedEventAttributes => e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        AttributesCase.ChildWorkflowExecutionTimedOutEventAttributes => e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        AttributesCase.ChildWorkflowExecutionCanceledEventAttributes => e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId,
        AttributesCase.ChildWorkflowExecutionTerminatedEventAttributes => e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        _ => null,
    };

    /// <summary>For an event that answers a signal or a cancel request to another run: its Initiated event.</summary>
    public static long? AnsweredExternal(HistoryEvent e) => e.AttributesCase switch
    {
        AttributesCase.ExternalWorkflowExecutionSignaledEventAttributes => e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId,
        AttributesCase.SignalExternalWorkflowExecutionFailedEventAttributes => e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        AttributesCase.ExternalWorkflowExecutionCancelRequestedEventAttributes =>
            e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId,
        AttributesCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes =>
            e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        _ => null,
    };

    /// <summary>
    /// True for what moves behind all others when the buffer is flushed: the ends of activities and children, whose
    /// Started events must come first.
    /// </summary>
    public static bool FlushesLast(HistoryEvent e) => ClosedActivity(e) is not null
        || (ClosedChild(e) is not null && e.AttributesCase != AttributesCase.StartChildWorkflowExecutionFailedEventAttributes);

    /// <summary>Fills in the id of the Started event, which is known only once that was written.</summary>
    public static void LinkToStarted(HistoryEvent e, ExecutionState state)
    {
        if (ClosedActivity(e) is { } scheduled && state.Activities.TryGetValue(scheduled, out var activity))
        {
            LinkActivity(e, activity.StartedEventId);
        }
        else if (ClosedChild(e) is { } initiated && state.Children.TryGetValue(initiated, out var child))
        {
            LinkChild(e, child.StartedEventId);
        }
    }

    private static void LinkActivity(HistoryEvent e, long started)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.ActivityTaskCompletedEventAttributes: e.ActivityTaskCompletedEventAttributes.StartedEventId = started; break;
            case AttributesCase.ActivityTaskFailedEventAttributes: e.ActivityTaskFailedEventAttributes.StartedEventId = started; break;
            case AttributesCase.ActivityTaskTimedOutEventAttributes: e.ActivityTaskTimedOutEventAttributes.StartedEventId = started; break;
            case AttributesCase.ActivityTaskCanceledEventAttributes: e.ActivityTaskCanceledEventAttributes.StartedEventId = started; break;
        }
    }

    private static void LinkChild(HistoryEvent e, long started)
    {
        switch (e.AttributesCase)
        {
            case AttributesCase.ChildWorkflowExecutionCompletedEventAttributes: e.ChildWorkflowExecutionCompletedEventAttributes.StartedEventId = started; break;
            case AttributesCase.ChildWorkflowExecutionFailedEventAttributes: e.ChildWorkflowExecutionFailedEventAttributes.StartedEventId = started; break;
            case AttributesCase.ChildWorkflowExecutionTimedOutEventAttributes: e.ChildWorkflowExecutionTimedOutEventAttributes.StartedEventId = started; break;
            case AttributesCase.ChildWorkflowExecutionCanceledEventAttributes: e.ChildWorkflowExecutionCanceledEventAttributes.StartedEventId = started; break;
            case AttributesCase.ChildWorkflowExecutionTerminatedEventAttributes: e.ChildWorkflowExecutionTerminatedEventAttributes.StartedEventId = started; break;
        }
    }
}
