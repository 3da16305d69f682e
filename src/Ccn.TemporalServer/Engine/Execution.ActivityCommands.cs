using Ccn.TemporalServer.Wire;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Ccn.TemporalServer.Engine;

/// <content>What a workflow asks of its activities: to be done, and to be canceled.</content>
internal sealed partial class Execution
{
    private const string NotStartedDetails = "ACTIVITY_ID_NOT_STARTED";

    private void ScheduleActivity(Transition tx, Command command, Completion completion)
    {
        var asked = command.ScheduleActivityTaskCommandAttributes;
        CheckActivity(asked);
        var scheduled = new ActivityTaskScheduledEventAttributes
        {
            ActivityId = asked.ActivityId, ActivityType = asked.ActivityType, Header = asked.Header, Input = asked.Input, Priority = asked.Priority,
            TaskQueue = new() { Name = asked.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : QueueName, Kind = TaskQueueKind.Normal },
            RetryPolicy = RetryDecision.WithDefaults(asked.RetryPolicy), WorkflowTaskCompletedEventId = completion.CompletedEventId,
        };
        SetTimeouts(scheduled, asked);
        var e = Append(tx, new() { EventType = EventType.ActivityTaskScheduled, ActivityTaskScheduledEventAttributes = scheduled }, command.UserMetadata);
        var activity = State.Activities[e.EventId];
        activity.Attempts.Stamp = engine.NextStamp();
        if (asked.RequestEagerExecution && scheduled.TaskQueue.Name == QueueName)
        {
            completion.EagerActivities.Add(activity);
            return;
        }

        completion.Effects.Add(Enqueue(activity));
    }

    private void CheckActivity(ScheduleActivityTaskCommandAttributes asked)
    {
        if (asked.ActivityId.Length == 0)
        {
            throw new BadCommand(Cause.BadScheduleActivityAttributes, "ActivityId is not set on ScheduleActivityTaskCommand.");
        }

        if (asked.ActivityType is not { Name.Length: > 0 })
        {
            throw new BadCommand(Cause.BadScheduleActivityAttributes, $"ActivityType is not set on ScheduleActivityTaskCommand. ActivityId={asked.ActivityId}");
        }

        if (asked.StartToCloseTimeout.OrZero() == TimeSpan.Zero && asked.ScheduleToCloseTimeout.OrZero() == TimeSpan.Zero)
        {
            throw new BadCommand(
                Cause.BadScheduleActivityAttributes,
                $"a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId={asked.ActivityId} ActivityType={asked.ActivityType.Name}");
        }

        CheckNames(
            Cause.BadScheduleActivityAttributes,
            ("ActivityId", asked.ActivityId), ("ActivityType", asked.ActivityType.Name), ("taskQueue", asked.TaskQueue?.Name ?? ""));
        try
        {
            RetryDecision.Validate(asked.RetryPolicy);
        }
        catch (Wire.RpcFailure refused)
        {
            throw new BadCommand(Cause.BadScheduleActivityAttributes, $"{refused.Message} ActivityId={asked.ActivityId} ActivityType={asked.ActivityType.Name}");
        }

        CheckSize(Cause.BadScheduleActivityAttributes, asked.Input, "ScheduleActivityTaskCommandAttributes.Input");
        CheckPending(Cause.PendingActivitiesLimitExceeded, State.Activities.Count, engine.Limits.PendingActivities, "pending activities");
        if (State.Activities.Values.Any(a => a.Scheduled.ActivityId == asked.ActivityId && !a.IsClosing))
        {
            throw new BadCommand(Cause.ScheduleActivityDuplicateId, InvalidState("add-activitytask-scheduled-event", "ActivityID", asked.ActivityId));
        }
    }

    /// <summary>Fills in what was left open, and lets nothing last longer than the run.</summary>
    private void SetTimeouts(ActivityTaskScheduledEventAttributes scheduled, ScheduleActivityTaskCommandAttributes asked)
    {
        var run = State.Started.WorkflowRunTimeout.OrZero();
        var (toClose, toStart, startToClose) = (asked.ScheduleToCloseTimeout.OrZero(), asked.ScheduleToStartTimeout.OrZero(), asked.StartToCloseTimeout.OrZero());
        static TimeSpan Limit(TimeSpan asked, TimeSpan limit) =>
            limit == TimeSpan.Zero ? asked : asked == TimeSpan.Zero || asked > limit ? limit : asked;
        toClose = Limit(toClose, run);
        toStart = Limit(toStart, toClose);
        startToClose = Limit(startToClose, toClose);
        var heartbeat = asked.HeartbeatTimeout.OrZero();
        scheduled.ScheduleToCloseTimeout = toClose.AsDuration();
        scheduled.ScheduleToStartTimeout = toStart.AsDuration();
        scheduled.StartToCloseTimeout = startToClose.AsDuration();
        scheduled.HeartbeatTimeout = (heartbeat > startToClose ? startToClose : heartbeat).AsDuration();
    }

    private void CancelActivity(Transition tx, Command command, Completion completion)
    {
        var scheduledEventId = command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId;
        if (!State.Activities.TryGetValue(scheduledEventId, out var activity))
        {
            throw new BadCommand(
                Cause.BadRequestCancelActivityAttributes,
                $"invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: {scheduledEventId}");
        }

        if (activity.IsCancelRequested)
        {
            return;
        }

        Append(
            tx,
            new()
            {
                EventType = EventType.ActivityTaskCancelRequested,
                ActivityTaskCancelRequestedEventAttributes = new() { ScheduledEventId = scheduledEventId, WorkflowTaskCompletedEventId = completion.CompletedEventId },
            },
            command.UserMetadata);
        if (activity is { IsClosing: false, Attempts.Phase: not AttemptPhase.Started })
        {
            completion.EagerActivities.Remove(activity);
            Append(tx, new()
            {
                EventType = EventType.ActivityTaskCanceled,
                ActivityTaskCanceledEventAttributes = new()
                {
                    ScheduledEventId = scheduledEventId, LatestCancelRequestedEventId = activity.CancelRequestedEventId, Identity = completion.Request.Identity,
                    Details = new() { Payloads_ = { PayloadForms.Json(NotStartedDetails) } },
                },
            });
            completion.NeedsTask = true;
        }
    }
}
