using Ccn.TemporalServer.Matching;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>Activities: attempts and results. Retries write nothing; Started is written with the closing event.</content>
internal sealed partial class Execution
{
    /// <summary>Puts the current attempt on its queue.</summary>
    private Action Enqueue(PendingActivity activity)
    {
        var (id, stamp) = (activity.ScheduledEventId, activity.Attempts.Stamp);
        var key = new TaskQueueKey(NamespaceId, activity.Scheduled.TaskQueue.Name, TaskQueueType.Activity);
        return () => engine.Queues.Add(key, poller => engine.StartActivityTaskAsync(Ref, id, stamp, poller));
    }

    /// <summary>Hands an attempt to a worker. Null when it is no longer due.</summary>
    public PollActivityTaskQueueResponse? StartActivity(Transition tx, long scheduledEventId, long stamp, PollerIdentity poller)
    {
        if (!State.IsOpen || !State.Activities.TryGetValue(scheduledEventId, out var activity)
            || activity is not { IsClosing: false, Attempts: { Phase: AttemptPhase.Queued, Pause: null } } || activity.Attempts.Stamp != stamp)
        {
            return null;
        }

        var attempts = activity.Attempts;
        attempts.Phase = AttemptPhase.Started;
        attempts.StartedAt = tx.Now;
        attempts.Identity = poller.Identity;
        attempts.RequestId = Guid.NewGuid().ToString();
        attempts.WorkerVersion = poller.BuildId.Length == 0 ? null : new WorkerVersionStamp { BuildId = poller.BuildId };
        Change(tx);
        var scheduled = activity.Scheduled;
        return new()
        {
            TaskToken = new TaskToken(TaskKind.Activity, NamespaceId, WorkflowId, RunId, scheduledEventId, attempts.Attempt, stamp).ToBytes(),
            WorkflowNamespace = engine.NamespaceName(NamespaceId),
            WorkflowType = State.Started.WorkflowType,
            WorkflowExecution = Name,
            ActivityType = scheduled.ActivityType,
            ActivityId = scheduled.ActivityId,
            Header = scheduled.Header,
            Input = scheduled.Input,
            HeartbeatDetails = attempts.Heartbeat,
            ScheduledTime = activity.ScheduledAt.AsTimestamp(),
            CurrentAttemptScheduledTime = attempts.ScheduledAt.AsTimestamp(),
            StartedTime = tx.Now.AsTimestamp(),
            Attempt = attempts.Attempt,
            ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout,
            StartToCloseTimeout = scheduled.StartToCloseTimeout,
            HeartbeatTimeout = scheduled.HeartbeatTimeout,
            RetryPolicy = scheduled.RetryPolicy,
            Priority = scheduled.Priority ?? State.Priority,
        };
    }

    /// <summary>The attempt that a token names, if it still runs.</summary>
    public PendingActivity RequireActivity(TaskToken token)
    {
        if (!State.IsOpen)
        {
            throw Refusal.Completed();
        }

        return State.Activities.TryGetValue(token.ScheduledEventId, out var activity)
            && activity is { IsClosing: false, Attempts.Phase: AttemptPhase.Started } && activity.Attempts.Stamp == token.Stamp
                ? activity
                : throw Refusal.StaleActivity();
    }

    /// <summary>The pending activity with an ID, started or not.</summary>
    public PendingActivity RequireActivity(string activityId)
    {
        if (!State.IsOpen)
        {
            throw Refusal.Completed();
        }

        return State.Activities.Values.FirstOrDefault(a => a.Scheduled.ActivityId == activityId && !a.IsClosing)
            ?? throw Refusal.NotFound($"cannot find pending activity with ActivityID {activityId}, check workflow execution history for more details");
    }

    /// <summary>An attempt succeeded.</summary>
    public void CompleteActivity(Transition tx, PendingActivity activity, Payloads? result, string identity)
    {
        if (result.SizeOrZero() > engine.Limits.BlobBytes)
        {
            FailOversized(tx, activity, "Complete result exceeds size limit.", identity);
            return;
        }

        EndActivity(tx, activity, new()
        {
            EventType = EventType.ActivityTaskCompleted,
            ActivityTaskCompletedEventAttributes = new() { Result = result, ScheduledEventId = activity.ScheduledEventId, Identity = identity },
        });
    }

    /// <summary>An attempt failed: it is retried, or the activity has failed.</summary>
    public void FailActivity(Transition tx, PendingActivity activity, Failure? failure, Payloads? lastHeartbeat, string identity)
    {
        if (lastHeartbeat is not null)
        {
            activity.Attempts.Heartbeat = lastHeartbeat;
        }

        failure ??= new();
        if (failure.CalculateSize() > engine.Limits.BlobBytes)
        {
            var cut = new Failure { Message = failure.Message[..Math.Min(failure.Message.Length, engine.Limits.BlobBytes / 8)], Source = failure.Source, ApplicationFailureInfo = new() };
            failure = new() { Message = "Failure exceeds size limit.", Cause = cut, ServerFailureInfo = new() { NonRetryable = true } };
        }

        if (Retry(tx, activity, failure) is { } state)
        {
            EndActivity(tx, activity, new()
            {
                EventType = EventType.ActivityTaskFailed,
                ActivityTaskFailedEventAttributes = new() { Failure = failure, ScheduledEventId = activity.ScheduledEventId, Identity = identity, RetryState = state },
            });
        }
    }

    /// <summary>An attempt ended because it was asked to cancel.</summary>
    public void CancelActivity(Transition tx, PendingActivity activity, Payloads? details, string identity)
    {
        if (!activity.IsCancelRequested)
        {
            throw Refusal.Invalid("unable to mark activity as canceled without activity being request canceled first");
        }

        EndActivity(tx, activity, new()
        {
            EventType = EventType.ActivityTaskCanceled,
            ActivityTaskCanceledEventAttributes = new()
            {
                Details = details, LatestCancelRequestedEventId = activity.CancelRequestedEventId, ScheduledEventId = activity.ScheduledEventId, Identity = identity,
            },
        });
    }

    /// <summary>Something of an activity is due.</summary>
    private void FireActivity(Transition tx, PendingActivity activity, DueKind kind)
    {
        switch (kind)
        {
            case DueKind.ActivityRetry:
                activity.Attempts.Phase = AttemptPhase.Queued;
                activity.Attempts.ScheduledAt = tx.Now;
                activity.Attempts.Stamp = engine.NextStamp();
                Change(tx);
                tx.After(Enqueue(activity));
                break;
            case DueKind.ActivityScheduleToStart:
                TimeOutActivity(tx, activity, TimeoutType.ScheduleToStart, RetryState.Timeout);
                break;
            case DueKind.ActivityScheduleToClose:
                TimeOutActivity(tx, activity, TimeoutType.ScheduleToClose, RetryState.Timeout);
                break;
            case DueKind.ActivityStartToClose:
                TimeOutAttempt(tx, activity, TimeoutType.StartToClose);
                break;
            default:
                TimeOutAttempt(tx, activity, TimeoutType.Heartbeat);
                break;
        }
    }

    private void TimeOutAttempt(Transition tx, PendingActivity activity, TimeoutType type)
    {
        var forNextAttempt = TimeoutFailure(activity, type);
        forNextAttempt.TimeoutFailureInfo.LastHeartbeatDetails = null;   // the next attempt gets them by themselves
        if (Retry(tx, activity, forNextAttempt) is not { } state)
        {
            return;
        }

        TimeOutActivity(tx, activity, state == RetryState.Timeout ? TimeoutType.ScheduleToClose : type, state);
    }

    private void TimeOutActivity(Transition tx, PendingActivity activity, TimeoutType type, RetryState state)
    {
        var failure = TimeoutFailure(activity, type);
        if (type == TimeoutType.ScheduleToStart)
        {
            failure.Cause = activity.Attempts.LastFailure;
        }

        EndActivity(tx, activity, new()
        {
            EventType = EventType.ActivityTaskTimedOut,
            ActivityTaskTimedOutEventAttributes = new() { Failure = failure, ScheduledEventId = activity.ScheduledEventId, RetryState = state },
        });
    }

    private static Failure TimeoutFailure(PendingActivity activity, TimeoutType type) => new()
    {
        Message = type == TimeoutType.ScheduleToClose
            ? "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying"
            : $"activity {type} timeout",
        Source = "Server",
        TimeoutFailureInfo = new() { TimeoutType = type, LastHeartbeatDetails = activity.Attempts.Heartbeat },
    };

    /// <summary>Plans the next attempt; says why not when there is none.</summary>
    private RetryState? Retry(Transition tx, PendingActivity activity, Failure failure)
    {
        var attempts = activity.Attempts;
        if (activity.IsCancelRequested)
        {
            return RetryState.CancelRequested;
        }

        // An attempt that ends under a pause decides nothing: the next one waits for whoever paused it.
        var decision = attempts.Pause is not null
            ? new(TimeSpan.Zero, RetryState.InProgress)
            : RetryDecision.Decide(activity.Scheduled.RetryPolicy, attempts.Attempt, failure, tx.Now, activity.ExpiresAt);
        if (decision.Wait is not { } wait)
        {
            return decision.State;
        }

        attempts.Attempt++;
        if (attempts.ForgetsHeartbeat)
        {
            (attempts.Heartbeat, attempts.HeartbeatAt) = (null, null);
        }

        (attempts.IsReset, attempts.ForgetsHeartbeat) = (false, false);
        attempts.Phase = AttemptPhase.Backoff;
        attempts.Stamp = engine.NextStamp();
        attempts.LastFailure = failure;
        attempts.LastEndedAt = tx.Now;
        attempts.RetryInterval = wait;
        attempts.ScheduledAt = tx.Now + wait;
        Change(tx);
        return null;
    }

    private void FailOversized(Transition tx, PendingActivity activity, string text, string identity) => EndActivity(tx, activity, new()
    {
        EventType = EventType.ActivityTaskFailed,
        ActivityTaskFailedEventAttributes = new()
        {
            Failure = new() { Message = text, ServerFailureInfo = new() { NonRetryable = true } }, ScheduledEventId = activity.ScheduledEventId,
            Identity = identity, RetryState = RetryState.NonRetryableFailure,
        },
    });

    /// <summary>Records the end, with the Started event that was held back until now if a worker had it.</summary>
    private void EndActivity(Transition tx, PendingActivity activity, HistoryEvent end)
    {
        var attempts = activity.Attempts;
        var endsUnstarted = end.ActivityTaskTimedOutEventAttributes?.Failure.TimeoutFailureInfo.TimeoutType is TimeoutType.ScheduleToStart or TimeoutType.ScheduleToClose;
        if (attempts.Phase != AttemptPhase.Started && endsUnstarted)
        {
            Record(tx, end);
            return;
        }

        Record(
            tx,
            new HistoryEvent
            {
                EventType = EventType.ActivityTaskStarted,
                ActivityTaskStartedEventAttributes = new()
                {
                    ScheduledEventId = activity.ScheduledEventId, Attempt = attempts.Attempt, LastFailure = attempts.LastFailure,
                    Identity = attempts.Phase == AttemptPhase.Started ? attempts.Identity : EndedBy(end),
                    RequestId = attempts.Phase == AttemptPhase.Started ? attempts.RequestId : "",
                    WorkerVersion = attempts.WorkerVersion,
                },
            },
            end);
    }

    /// <summary>Who ended an activity by its ID that no worker had.</summary>
    private static string EndedBy(HistoryEvent end) =>
        end.ActivityTaskCompletedEventAttributes?.Identity ?? end.ActivityTaskFailedEventAttributes?.Identity
        ?? end.ActivityTaskCanceledEventAttributes?.Identity ?? "";
}
