using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <content>Events from outside wait while a workflow task is started: the worker must not see history move under it.</content>
internal sealed partial class Execution
{
    /// <summary>Events that wait, in order of arrival; they have no ids yet.</summary>
    public List<HistoryEvent> Buffer { get; } = [];

    /// <summary>Records events from outside, now or after the workflow task that is started, and sees that a task follows.</summary>
    public void Record(Transition tx, params ReadOnlySpan<HistoryEvent> events)
    {
        if (State.Task is { IsStarted: true } started)
        {
            WriteSpeculative(tx, started, "");
            foreach (var e in events)
            {
                Buffer.Add(e);
                MarkBuffered(e);
            }

            Change(tx);
            if (Buffer.Count > engine.Limits.BufferedEvents)
            {
                FailTask(tx, started, new() { Cause = WorkflowTaskFailedCause.ForceCloseCommand, Identity = WorkflowEngine.ServerIdentity });
            }

            return;
        }

        MaterializeSpeculative(tx);
        foreach (var e in events)
        {
            Append(tx, e);
        }

        ScheduleTask(tx);
    }

    /// <summary>
    /// Appends what waits: in order of arrival, but ends of activities and children behind all others. True when there was
    /// anything.
    /// </summary>
    public bool FlushBuffer(Transition tx)
    {
        if (Buffer.Count == 0)
        {
            return false;
        }

        List<HistoryEvent> ordered = [.. Buffer.Where(e => !EventRelations.FlushesLast(e)), .. Buffer.Where(EventRelations.FlushesLast)];
        Buffer.Clear();
        foreach (var e in ordered)
        {
            Append(tx, e);
        }

        return true;
    }

    /// <summary>What is in the buffer has happened already: it must not happen again meanwhile.</summary>
    private void MarkBuffered(HistoryEvent e)
    {
        if (e.AttributesCase == AttributesCase.TimerFiredEventAttributes
            && State.Timers.TryGetValue(e.TimerFiredEventAttributes.TimerId, out var timer))
        {
            timer.IsFiring = true;
        }
        else if (EventRelations.ClosedActivity(e) is { } scheduled && State.Activities.TryGetValue(scheduled, out var activity))
        {
            activity.IsClosing = true;
        }
        else if (EventRelations.ClosedChild(e) is { } initiated && State.Children.TryGetValue(initiated, out var child))
        {
            child.IsClosing = true;
        }
        else if (e.AttributesCase == AttributesCase.ChildWorkflowExecutionStartedEventAttributes
            && State.Children.TryGetValue(e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId, out var started))
        {
            started.RunId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
        }
        else if (EventRelations.AnsweredExternal(e) is { } external
            && (State.ExternalSignals.GetValueOrDefault(external) ?? State.ExternalCancels.GetValueOrDefault(external)) is { } pending)
        {
            pending.IsClosing = true;
        }
    }

    private bool IsBuffered(Predicate<HistoryEvent> match) => Buffer.Exists(match);
}
