namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>What operators do to pending activities, which leaves no event of its own.</summary>
internal static class ActivityControlScenarios
{
    private const string Paused = "describe-workflow-activity-paused";
    private const string Reset = "describe-workflow-activity-reset";

    [Recording("act-pause-unpause")]
    public static async Task PauseUnpauseAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.2, 1, 1)));
        var first = await s.NextActivityAsync();
        await s.LikeAsync("pause-activity", "while started", s.PauseActivityAsync("1"));
        await s.LikeAsync(Paused, "pause requested while the attempt runs", s.DescribeAsync());
        Assert.True((await s.HeartbeatAsync(first, "hb")).ActivityPaused);
        await s.FailActivityAsync(first, Data.Failure("failed while paused", "A"));
        await s.ElapseAsync(0.5);   // the interval of the retry passes
        await s.LikeAsync(Paused, "attempt failed, paused before the next", s.DescribeAsync());
        await s.UnpauseActivityAsync("1");
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.CaptureAsync("before-close");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-pause-before-start")]
    public static async Task PauseBeforeStartAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.ScheduleToStartTimeout = Data.Seconds(2)));
        await s.PauseActivityAsync("1");
        await s.LikeAsync(Paused, "paused before the start", s.DescribeAsync());
        await s.ElapseAsync(3);   // longer than schedule-to-start
        await s.UnpauseActivityAsync("1");
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-reset-first-attempt")]
    public static async Task ResetFirstAttemptAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.2, 1, 1)));
        var first = await s.NextActivityAsync();
        await s.HeartbeatAsync(first, "hb-1");
        await s.LikeAsync("reset-activity", "while attempt 1 runs", s.ResetActivityAsync("1", resetHeartbeat: true));
        await s.LikeAsync(Reset, "reset requested while attempt 1 runs", s.DescribeAsync());
        await s.LikeAsync("record-activity-task-heartbeat-reset", "attempt 1 was reset", s.HeartbeatAsync(first, "hb-2"));
        await s.FailActivityAsync(first, Data.Failure("first", "A"));
        var second = await s.NextActivityAsync();
        Assert.Equal((2, null), (second.Attempt, second.HeartbeatDetails));
        await s.CompleteActivityAsync(second, "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-reset-later-attempt")]
    public static async Task ResetLaterAttemptAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => (a.RetryPolicy, a.StartToCloseTimeout) = (Data.Retry(0.2, 1, 1), Data.Seconds(3))));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("first", "A"));
        var second = await s.NextActivityAsync();
        await s.LikeAsync("reset-activity", "while attempt 2 runs", s.ResetActivityAsync("1"));
        await s.LikeAsync(Reset, "reset requested while attempt 2 runs", s.DescribeAsync());
        await s.LikeAsync("record-activity-task-heartbeat-reset", "attempt 2 was reset: its token is stale", s.HeartbeatAsync(second, "hb-2"));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }
}
