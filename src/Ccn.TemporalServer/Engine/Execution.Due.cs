using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>Everything of a run that happens by time. Nothing is stored of it: it follows from the state.</content>
internal sealed partial class Execution
{
    /// <summary>Earliest instant at which something is due; null when the run only waits for others.</summary>
    public DateTimeOffset? NextDue()
    {
        DateTimeOffset? next = null;
        foreach (var item in DueItems())
        {
            if (next is null || item.At < next)
            {
                next = item.At;
            }
        }

        return next;
    }

    /// <summary>Lets happen what is due, in order of time.</summary>
    public void FireDue(Transition tx)
    {
        while (State.IsOpen && Earliest() is { } item && item.At <= tx.Now)
        {
            Fire(tx, item);
        }

        tx.Touch(this);   // re-arms the alarm, which has fired
        alarmDue = null;
    }

    private DueItem? Earliest()
    {
        DueItem? first = null;
        foreach (var item in DueItems())
        {
            if (first is null || item.At < first.Value.At)
            {
                first = item;
            }
        }

        return first;
    }

    private void Fire(Transition tx, DueItem item)
    {
        switch (item.Kind)
        {
            case DueKind.RunTimeout:
                TimeOut(tx);
                break;
            case DueKind.FirstTask:
                ScheduleTask(tx);
                break;
            case DueKind.TaskStart:
                TimeOutWaitingTask(tx, State.Task!);
                break;
            case DueKind.TaskClose:
                TimeOutTask(tx, State.Task!);
                break;
            case DueKind.Timer:
                var timer = State.Timers[item.TimerId!];
                timer.IsFiring = true;
                Record(tx, new HistoryEvent
                {
                    EventType = EventType.TimerFired,
                    TimerFiredEventAttributes = new() { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId },
                });
                break;
            default:
                FireActivity(tx, State.Activities[item.EventId], item.Kind);
                break;
        }
    }

    private IEnumerable<DueItem> DueItems()
    {
        if (!State.IsOpen)
        {
            yield break;
        }

        if (State.RunExpiresAt is { } end)
        {
            yield return new(end, DueKind.RunTimeout);
        }

        if (State.Task is { } task)
        {
            if (TaskDue(task) is { } due)
            {
                yield return due;
            }
        }
        else if (!State.HadTask && State.Pause is null)
        {
            yield return new(State.ExecutionTime, DueKind.FirstTask);
        }

        foreach (var timer in State.Timers.Values)
        {
            if (!timer.IsFiring)
            {
                yield return new(timer.Due, DueKind.Timer, TimerId: timer.TimerId);
            }
        }

        foreach (var activity in State.Activities.Values)
        {
            if (!activity.IsClosing)
            {
                foreach (var due in ActivityDue(activity))
                {
                    yield return due;
                }
            }
        }
    }

    private DueItem? TaskDue(WorkflowTask task)
    {
        if (task.StartedAt is { } started)
        {
            return new(started + task.StartToClose, DueKind.TaskClose);
        }

        if (State.Pause is not null)
        {
            return null;   // nobody may take it
        }

        TimeSpan? patience = task.IsSticky ? Sticky?.ScheduleToStart ?? SpeculativePatience : null;
        if (task.Kind == WorkflowTaskKind.Speculative && (patience is null || patience > SpeculativePatience))
        {
            patience = SpeculativePatience;
        }

        return patience is { } wait ? new(task.ScheduledAt + wait, DueKind.TaskStart) : null;
    }

    private static IEnumerable<DueItem> ActivityDue(PendingActivity activity)
    {
        var attempts = activity.Attempts;
        var scheduled = activity.Scheduled;
        switch (attempts.Phase)
        {
            case AttemptPhase.Backoff or AttemptPhase.Queued when attempts.Pause is not null:
                break;   // only an unpause brings it on, or the end of its time
            case AttemptPhase.Backoff:
                yield return new(attempts.ScheduledAt, DueKind.ActivityRetry, activity.ScheduledEventId);
                break;
            case AttemptPhase.Queued when scheduled.ScheduleToStartTimeout.OrZero() is { Ticks: > 0 } toStart:
                yield return new(attempts.ScheduledAt + toStart, DueKind.ActivityScheduleToStart, activity.ScheduledEventId);
                break;
            case AttemptPhase.Started:
                if (scheduled.StartToCloseTimeout.OrZero() is { Ticks: > 0 } toClose)
                {
                    yield return new(attempts.StartedAt!.Value + toClose, DueKind.ActivityStartToClose, activity.ScheduledEventId);
                }

                if (scheduled.HeartbeatTimeout.OrZero() is { Ticks: > 0 } beat)
                {
                    var last = attempts.HeartbeatAt > attempts.StartedAt ? attempts.HeartbeatAt.Value : attempts.StartedAt!.Value;
                    yield return new(last + beat, DueKind.ActivityHeartbeat, activity.ScheduledEventId);
                }

                break;
        }

        if (activity.ExpiresAt is { } end)   // last: of two limits at one instant the narrower is the one that is recorded
        {
            yield return new(end, DueKind.ActivityScheduleToClose, activity.ScheduledEventId);
        }
    }

    private enum DueKind
    {
        RunTimeout,
        FirstTask,
        TaskStart,
        TaskClose,
        Timer,
        ActivityRetry,
        ActivityScheduleToStart,
        ActivityScheduleToClose,
        ActivityStartToClose,
        ActivityHeartbeat,
    }

    private readonly record struct DueItem(DateTimeOffset At, DueKind Kind, long EventId = 0, string? TimerId = null);
}
