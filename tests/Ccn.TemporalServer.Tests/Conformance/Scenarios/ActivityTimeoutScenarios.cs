using Temporalio.Api.Command.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Time-outs of activities.</summary>
internal static class ActivityTimeoutScenarios
{
    private const string RetryState = "the retry state and message of activity time-outs";

    [Recording("act-timeout-start-to-close")]
    public static async Task StartToCloseAsync(Scenario s)
    {
        await StartedAsync(s, a => (a.StartToCloseTimeout, a.RetryPolicy) = (Data.Seconds(1), Data.Retry(0.1, 1, 1, 1)));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-start-to-close-retried")]
    public static async Task StartToCloseRetriedAsync(Scenario s)
    {
        await StartedAsync(s, a => (a.StartToCloseTimeout, a.RetryPolicy) = (Data.Seconds(1), Data.Retry(0.1, 1, 1, 3)));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-type-listed")]
    public static async Task TypeListedAsync(Scenario s)
    {
        await StartedAsync(s, a => (a.StartToCloseTimeout, a.RetryPolicy) = (Data.Seconds(1), Data.NeverFor("TemporalTimeout:StartToClose")));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-heartbeat")]
    public static async Task HeartbeatAsync(Scenario s)
    {
        var activity = await StartedAsync(s, a => Heartbeat(a, attempts: 1));
        await s.HeartbeatAsync(activity, "progress-1");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-heartbeat-retried-details")]
    public static async Task HeartbeatRetriedAsync(Scenario s)
    {
        var first = await StartedAsync(s, a => Heartbeat(a, attempts: 2));
        await s.HeartbeatAsync(first, "progress-1");
        var second = await s.NextActivityAsync();
        Assert.Equal(Data.Jsons("progress-1"), second.HeartbeatDetails);
        await s.FailActivityAsync(second, Data.Failure("f", "A"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-schedule-to-start", DiffersBefore132 = RetryState)]
    public static async Task ScheduleToStartAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => (a.ScheduleToStartTimeout, a.StartToCloseTimeout) = (Data.Seconds(1), Data.Seconds(10))));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-schedule-to-start-second-attempt", DiffersBefore132 = RetryState)]
    public static async Task ScheduleToStartSecondAttemptAsync(Scenario s)
    {
        var first = await StartedAsync(s, a =>
        {
            a.ScheduleToStartTimeout = Data.Seconds(1);
            a.StartToCloseTimeout = Data.Seconds(10);
            a.RetryPolicy = Data.Retry(0.2, 1, 1);
        });
        await s.FailActivityAsync(first, Data.Failure("first", "A"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-schedule-to-close-not-started", DiffersBefore132 = RetryState)]
    public static async Task ScheduleToCloseNotStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => (a.ScheduleToCloseTimeout, a.StartToCloseTimeout) = (Data.Seconds(1), null)));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-schedule-to-close-running", DiffersBefore132 = RetryState)]
    public static async Task ScheduleToCloseRunningAsync(Scenario s)
    {
        await StartedAsync(s, a => (a.ScheduleToCloseTimeout, a.StartToCloseTimeout) = (Data.Seconds(1.5), null));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeout-schedule-to-close-in-backoff")]
    public static async Task ScheduleToCloseInBackoffAsync(Scenario s)
    {
        var first = await StartedAsync(s, a =>
        {
            a.ScheduleToCloseTimeout = Data.Seconds(2);
            a.StartToCloseTimeout = Data.Seconds(1);
            a.RetryPolicy = Data.Retry(1, 1, 1);
        });
        await s.FailActivityAsync(first, Data.Failure("first", "A"));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("second", "A"));
        await s.TurnAsync(Do.Complete());
    }

    private static void Heartbeat(ScheduleActivityTaskCommandAttributes activity, int attempts)
    {
        activity.StartToCloseTimeout = Data.Seconds(10);
        activity.HeartbeatTimeout = Data.Seconds(1);
        activity.RetryPolicy = Data.Retry(0.1, 1, 1, attempts);
    }

    private static async Task<PollActivityTaskQueueResponse> StartedAsync(Scenario s, Action<ScheduleActivityTaskCommandAttributes> with)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", with));
        return await s.NextActivityAsync();
    }
}
