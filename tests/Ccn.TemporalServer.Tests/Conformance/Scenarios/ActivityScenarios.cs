using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Activities: results, retries, options, ids. Cancellation and time-outs have files of their own.</summary>
internal static class ActivityScenarios
{
    [Recording("act-success")]
    public static async Task SuccessAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity());
        var activity = await s.NextActivityAsync();
        await s.CaptureAsync("started");
        await s.CompleteActivityAsync(activity, "a-out");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-success-after-retries")]
    public static async Task SuccessAfterRetriesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.1, 2, 1)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("first", "A"));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("second", "A"));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "a-out");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-max-attempts")]
    public static async Task MaximumAttemptsAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.1, 2, 1, 2)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("first", "A"));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("second", "A"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-last-heartbeat-details")]
    public static async Task LastHeartbeatDetailsAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.2, 1, 1)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("f", "A"), lastHeartbeat: "details with the failure");
        var second = await s.NextActivityAsync();
        Assert.Equal(Data.Jsons("details with the failure"), second.HeartbeatDetails);
        await s.CompleteActivityAsync(second, "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-next-retry-delay")]
    public static async Task NextRetryDelayAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(60, 1, 60)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("soon", "A", nextRetryDelay: 0.5));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-next-retry-delay-above-maximum")]
    public static async Task NextRetryDelayAboveMaximumAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(0.2, 1, 0.5)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("later", "A", nextRetryDelay: 2));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-non-retryable")]
    public static async Task NonRetryableAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity());
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("fatal", "A", nonRetryable: true));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-fail-type-listed")]
    public static async Task TypeListedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.NeverFor("Listed")));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("fatal", "Listed"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-eager", DiffersBefore132 = "eager activities are off")]
    public static async Task EagerAsync(Scenario s)
    {
        await s.StartAsync();
        var answer = await s.LikeAsync(
            "respond-workflow-task-completed-eager-activity", "RespondWorkflowTaskCompleted", s.TurnAsync(s.Activity("1", a => a.RequestEagerExecution = true)));
        await s.CompleteActivityAsync(Assert.Single(answer!.ActivityTasks), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-by-id", ByChance = "which two of the three activities the polls get")]
    public static async Task ByIdAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1"), s.Activity("2"), s.Activity("3"));
        await s.NextActivityAsync();
        await s.NextActivityAsync();
        foreach (var id in new[] { "1", "2", "3" }) { await s.CompleteActivityByIdAsync(id); }
        await s.LikeAsync("respond-activity-task-completed-by-id", "unknown id", s.CompleteActivityByIdAsync("4"));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-duplicate-id")]
    public static async Task DuplicateIdAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(s.TurnAsync(s.Activity(), s.Activity()), StatusCode.InvalidArgument, "ScheduleActivityDuplicateId: ");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-completes-while-task-started")]
    public static async Task CompletesWhileTaskStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1"), s.Activity("2", a => a.RetryPolicy = Data.Retry(0.1, 1, 1, 1)));
        var activities = await TwoAsync(s);
        await s.SignalAsync("go");
        var task = await s.NextTaskAsync();
        await s.SignalAsync("mid-1");
        await s.FailActivityAsync(activities["2"], Data.Failure("b failed", "A"));
        await s.SignalAsync("mid-2");
        await s.CompleteActivityAsync(activities["1"], "a-out");
        await s.AnswerAsync(task);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-two-mixed-order")]
    public static async Task TwoMixedOrderAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1"), Do.Timer("t1", 60), s.Activity("2"));
        var activities = await TwoAsync(s);
        await s.CompleteActivityAsync(activities["2"], "second");
        await s.CompleteActivityAsync(activities["1"], "first");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-update-options")]
    public static async Task UpdateOptionsAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1", a => a.RetryPolicy = Data.Retry(60, 1, 60)));
        await s.FailActivityAsync(await s.NextActivityAsync(), Data.Failure("first", "A"));
        var changed = await s.LikeAsync("update-activity-options", "retry_policy.initial_interval", s.UpdateActivityOptionsAsync(r =>
        {
            r.Id = "1";
            r.ActivityOptions = new() { RetryPolicy = Data.Retry(1, 1, 1) };
            r.UpdateMask = new() { Paths = { "retry_policy.initial_interval" } };
        }));
        Assert.NotNull(changed);
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "ok");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("act-timeouts-defaults")]
    public static async Task TimeoutDefaultsAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowRunTimeout = Data.Seconds(50));
        await s.TurnAsync(
            s.Activity("only-st2c", a => a.StartToCloseTimeout = Data.Seconds(5)),
            s.Activity("only-s2c", a => (a.StartToCloseTimeout, a.ScheduleToCloseTimeout) = (null, Data.Seconds(20))),
            s.Activity("s2c-20-st2c-30-s2s-40", a => (a.ScheduleToCloseTimeout, a.ScheduleToStartTimeout) = (Data.Seconds(20), Data.Seconds(40))),
            s.Activity("s2c-100", a => (a.StartToCloseTimeout, a.ScheduleToCloseTimeout) = (null, Data.Seconds(100))),
            s.Activity("st2c-100-s2s-100", a => (a.StartToCloseTimeout, a.ScheduleToStartTimeout) = (Data.Seconds(100), Data.Seconds(100))),
            s.Activity("heartbeat-30-st2c-5", a => (a.StartToCloseTimeout, a.HeartbeatTimeout) = (Data.Seconds(5), Data.Seconds(30))),
            s.Activity("retry-empty", a => a.RetryPolicy = new()),
            s.Activity("retry-initial-7", a => a.RetryPolicy = new() { InitialInterval = Data.Seconds(7) }),
            s.Activity("no-task-queue-name-kept"));
        await s.TerminateAsync();
    }

    private static async Task<Dictionary<string, PollActivityTaskQueueResponse>> TwoAsync(Scenario s)
    {
        var (first, second) = (await s.NextActivityAsync(), await s.NextActivityAsync());
        return new(StringComparer.Ordinal) { [first.ActivityId] = first, [second.ActivityId] = second };
    }
}
