namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Cron schedules of workflows.</summary>
internal static class CronScenarios
{
    [Recording("wf-cron")]
    public static async Task CronAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.CronSchedule = "@every 3s";
            r.Memo = Data.MemoOf("m", "memo");
            r.SearchAttributes = Data.Keyword("kw");
        });
        await s.LikeAsync("describe-workflow-cron-backoff", "cron run waiting for its first time", s.DescribeAsync());
        await s.TurnAsync(Do.Complete("result-1"));
        await s.TurnAsync(Do.Fail(Data.Failure("second run failed", "Wf")));
        await s.TurnAsync(Do.Complete("result-3"));
        await s.TerminateAsync();
        await s.CaptureChainAsync();
    }

    [Recording("wf-cron-backoff-signal")]
    public static async Task BackoffSignalAsync(Scenario s)
    {
        await s.StartAsync(r => r.CronSchedule = "@every 3s");
        await s.SignalAsync("during-backoff");
        await s.CaptureAsync("after-signal");
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync();
        await s.TerminateAsync();
    }

    [Recording("wf-cron-canceled")]
    public static async Task CanceledAsync(Scenario s)
    {
        await s.StartAsync(r => r.CronSchedule = "@every 2s");
        await s.RequestCancelAsync();
        await s.TurnAsync(Do.Cancel("x"));
    }

    [Recording("wf-cron-continue-as-new")]
    public static async Task ContinueAsNewAsync(Scenario s)
    {
        await s.StartAsync(r => r.CronSchedule = "@every 3s");
        await s.TurnAsync(s.ContinueAsNew(c => c.CronSchedule = "@every 3s"));
        await s.TurnAsync(Do.Complete("x"));
        await s.TurnAsync(s.ContinueAsNew());
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-cron-run-timeout")]
    public static async Task RunTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.CronSchedule = "@every 3s";
            r.WorkflowRunTimeout = Data.Seconds(1);
        });
        await s.TurnAsync();
        await s.ClosedAsync(runId: s.RunId);
        await s.TerminateAsync();
        await s.CaptureChainAsync();
    }

    [Recording("wf-cron-with-retry")]
    public static async Task WithRetryAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.CronSchedule = "@every 4s";
            r.RetryPolicy = Data.Retry(0.2, 1, 1, 2);
        });
        await s.TurnAsync(Do.Fail(Data.Failure("a", "Wf")));
        await s.TurnAsync(Do.Fail(Data.Failure("b", "Wf")));
        await s.TerminateAsync();
        await s.CaptureChainAsync();
    }
}
