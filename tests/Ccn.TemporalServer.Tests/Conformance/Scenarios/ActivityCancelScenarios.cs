using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Cancellation of activities, before, while and after they run.</summary>
internal static class ActivityCancelScenarios
{
    private const long Scheduled = 5;

    [Recording("act-cancel-after-start")]
    public static async Task AfterStartAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.HeartbeatTimeout = Data.Seconds(10)));
        var activity = await s.NextActivityAsync();
        await s.LikeAsync("respond-activity-task-canceled-without-request", "cancel was never requested", s.CancelActivityAsync(activity, "x"));
        await CancelAsync(s);
        await s.LikeAsync("record-activity-task-heartbeat-cancel-requested", "cancel was requested", s.HeartbeatAsync(activity, "beat"));
        await s.CancelActivityAsync(activity, "cancel-details");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-after-start-completes-anyway")]
    public static async Task CompletesAnywayAsync(Scenario s)
    {
        await s.CompleteActivityAsync(await StartedThenCanceledAsync(s), "late");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-after-start-fails")]
    public static async Task FailsAsync(Scenario s)
    {
        await s.FailActivityAsync(await StartedThenCanceledAsync(s), Data.Failure("retryable, but cancel was requested", "A"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-after-start-times-out")]
    public static async Task TimesOutAsync(Scenario s)
    {
        await StartedThenCanceledAsync(s, a => a.StartToCloseTimeout = Data.Seconds(2));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-before-start")]
    public static async Task BeforeStartAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity());
        await CancelAsync(s);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-in-backoff")]
    public static async Task InBackoffAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(60, 1, 60)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("first", "A"));
        await CancelAsync(s);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-in-same-task")]
    public static async Task InSameTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity(), Do.CancelActivity(Scheduled));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-cancel-unknown-id")]
    public static async Task UnknownIdAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(
            s.TurnAsync(Do.CancelActivity(77)),
            StatusCode.InvalidArgument,
            "BadRequestCancelActivityAttributes: invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: 77");
        await s.TurnAsync(s.Activity());
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "x");
        await Scenario.RefusedAsync(s.TurnAsync(Do.CancelActivity(8)), StatusCode.InvalidArgument, "BadRequestCancelActivityAttributes: ");
        await s.TurnAsync(Do.Complete());
    }

    private static async Task<PollActivityTaskQueueResponse> StartedThenCanceledAsync(
        Scenario s, Action<ScheduleActivityTaskCommandAttributes>? with = null)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", with));
        var activity = await s.NextActivityAsync();
        await CancelAsync(s);
        return activity;
    }

    private static async Task CancelAsync(Scenario s)
    {
        await s.SignalAsync("cancel-it");
        await s.TurnAsync(Do.CancelActivity(Scheduled));
    }
}
