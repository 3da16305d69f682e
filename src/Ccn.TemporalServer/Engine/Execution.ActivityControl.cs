using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>What operators do to pending activities: pause, go on, begin again, other options. None of it is in the history.</content>
internal sealed partial class Execution
{
    /// <summary>The pending activities that a request means: one by its ID, those of a type, or all. Refuses when there are none.</summary>
    /// <param name="id">Activity ID; empty for none.</param>
    /// <param name="type">Activity type; empty for none.</param>
    public IReadOnlyList<PendingActivity> PendingActivities(string id, string type)
    {
        if (id.Length > 0)
        {
            return [RequireActivity(id)];
        }

        List<PendingActivity> found = [.. State.Activities.Values.Where(a => !a.IsClosing && (type.Length == 0 || a.Scheduled.ActivityType.Name == type))];
        return found.Count > 0 || type.Length == 0 ? found : throw Refusal.NotFound($"cannot find pending activity with ActivityType {type}");
    }

    /// <summary>Keeps an activity from being started; an attempt that runs is told with its next heartbeat.</summary>
    public void PauseActivity(Transition tx, PendingActivity activity, string identity, string reason)
    {
        if (activity.Attempts.Pause is not null)
        {
            return;
        }

        activity.Attempts.Pause = new(tx.Now, identity, reason);
        Change(tx);
    }

    /// <summary>Lets a paused activity go on.</summary>
    public void UnpauseActivity(Transition tx, PendingActivity activity, bool resetAttempts, bool resetHeartbeat, TimeSpan delay)
    {
        var attempts = activity.Attempts;
        if (attempts.Pause is null)
        {
            return;
        }

        attempts.Pause = null;
        if (resetAttempts)
        {
            attempts.Attempt = 1;
        }

        if (resetHeartbeat)
        {
            (attempts.Heartbeat, attempts.HeartbeatAt) = (null, null);
        }

        if (attempts.Phase != AttemptPhase.Started)
        {
            attempts.LastFailure = null;
            DispatchIn(tx, activity, delay);
        }

        Change(tx);
    }

    /// <summary>
    /// Begins again with the first attempt. The first one, where it runs, is told with its next heartbeat; a later one that
    /// runs is disowned, and the next begins when its time is up.
    /// </summary>
    public void ResetActivity(Transition tx, PendingActivity activity, bool resetHeartbeat, bool keepPaused, bool restoreOptions, TimeSpan delay)
    {
        var attempts = activity.Attempts;
        if (restoreOptions)
        {
            attempts.Changed = null;
        }

        if (!keepPaused)
        {
            attempts.Pause = null;
        }

        if (attempts.Phase == AttemptPhase.Started)
        {
            (attempts.IsReset, attempts.ForgetsHeartbeat) = (attempts.Attempt == 1, resetHeartbeat);
            attempts.Stamp = attempts.Attempt == 1 ? attempts.Stamp : engine.NextStamp();
            attempts.Attempt = 1;
        }
        else
        {
            attempts.Attempt = 1;
            if (resetHeartbeat)
            {
                (attempts.Heartbeat, attempts.HeartbeatAt) = (null, null);
            }

            DispatchIn(tx, activity, delay);
        }

        Change(tx);
    }

    /// <summary>Changes options of a pending activity; gives all that hold now.</summary>
    /// <param name="tx">The transition.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="wanted">New values.</param>
    /// <param name="mask">Which of them are meant.</param>
    /// <param name="restoreOriginal">True to go back to what the workflow asked for.</param>
    public ActivityOptions UpdateActivityOptions(Transition tx, PendingActivity activity, ActivityOptions? wanted, FieldMask? mask, bool restoreOriginal)
    {
        var attempts = activity.Attempts;
        if (restoreOriginal)
        {
            attempts.Changed = null;
        }

        var options = OptionsOf(activity);
        mask?.Merge(wanted ?? new(), options);
        RetryDecision.Validate(options.RetryPolicy);
        StartRules.CheckQueue(options.TaskQueue, engine.Limits);
        var changed = activity.Scheduled.Clone();
        (changed.ScheduleToCloseTimeout, changed.ScheduleToStartTimeout) = (options.ScheduleToCloseTimeout, options.ScheduleToStartTimeout);
        (changed.StartToCloseTimeout, changed.HeartbeatTimeout) = (options.StartToCloseTimeout, options.HeartbeatTimeout);
        (changed.RetryPolicy, changed.Priority, changed.TaskQueue.Name) = (RetryDecision.WithDefaults(options.RetryPolicy), options.Priority, options.TaskQueue.Name);
        attempts.Changed = changed;
        if (attempts.Phase != AttemptPhase.Started)
        {
            attempts.LastFailure = null;
            DispatchIn(tx, activity, attempts is { Phase: AttemptPhase.Backoff, LastEndedAt: { } ended }
                ? ended + RetryDecision.Interval(changed.RetryPolicy, attempts.Attempt - 1) - tx.Now
                : TimeSpan.Zero);
        }

        Change(tx);
        return OptionsOf(activity);
    }

    /// <summary>An attempt shows that it is alive, and is told what was asked of it meanwhile.</summary>
    public HeartbeatAnswer Heartbeat(Transition tx, PendingActivity activity, Payloads? details, string identity)
    {
        if (details.SizeOrZero() > engine.Limits.BlobBytes)
        {
            FailOversized(tx, activity, "Heartbeat details exceed size limit.", identity);
            return new(true, false, false);
        }

        var attempts = activity.Attempts;
        (attempts.Heartbeat, attempts.HeartbeatAt) = (details, tx.Now);
        Change(tx);
        return new(activity.IsCancelRequested, attempts.Pause is not null, attempts.IsReset);
    }

    private static ActivityOptions OptionsOf(PendingActivity activity)
    {
        var scheduled = activity.Scheduled;
        return new()
        {
            TaskQueue = new() { Name = scheduled.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout, ScheduleToStartTimeout = scheduled.ScheduleToStartTimeout,
            StartToCloseTimeout = scheduled.StartToCloseTimeout, HeartbeatTimeout = scheduled.HeartbeatTimeout,
            RetryPolicy = scheduled.RetryPolicy.Clone(), Priority = scheduled.Priority,
        };
    }

    /// <summary>Puts the waiting attempt on its queue, now or when its time has come; one that is queued already is queued anew.</summary>
    private void DispatchIn(Transition tx, PendingActivity activity, TimeSpan delay)
    {
        var attempts = activity.Attempts;
        attempts.Stamp = engine.NextStamp();
        attempts.ScheduledAt = delay > TimeSpan.Zero ? tx.Now + delay : tx.Now;
        attempts.Phase = delay > TimeSpan.Zero ? AttemptPhase.Backoff : AttemptPhase.Queued;
        if (attempts is { Phase: AttemptPhase.Queued, Pause: null })
        {
            tx.After(Enqueue(activity));
        }
    }
}

/// <summary>What an attempt is told with its heartbeat.</summary>
/// <param name="IsCancelRequested">It should stop: the workflow asked for that.</param>
/// <param name="IsPaused">It should stop: an operator paused it.</param>
/// <param name="IsReset">It should stop: an operator let it begin again.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct HeartbeatAnswer(bool IsCancelRequested, bool IsPaused, bool IsReset);
