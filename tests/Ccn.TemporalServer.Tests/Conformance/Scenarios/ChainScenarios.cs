using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Continue-as-new and retry of workflows.</summary>
internal static class ChainScenarios
{
    [Recording("wf-continue-as-new")]
    public static async Task ContinueAsNewAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.WorkflowExecutionTimeout = Data.Seconds(600);
            r.WorkflowRunTimeout = Data.Seconds(300);
            r.Memo = Data.MemoOf("m", "memo");
            r.SearchAttributes = Data.Keyword("kw");
            r.Header = Data.HeaderOf("h", "header");
            r.UserMetadata = Data.Summary("summary", "details");
        });
        await s.TurnAsync(s.ContinueAsNew());
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-continue-as-new-all-fields")]
    public static async Task ContinueAsNewAllFieldsAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.RetryPolicy = Data.Retry(1, 2, 10, 5);
            r.Memo = Data.MemoOf("old", "memo");
            r.SearchAttributes = Data.Keyword("kw");
        });
        await s.TurnAsync(s.ContinueAsNew(c =>
        {
            c.WorkflowType.Name = "Other";
            c.WorkflowRunTimeout = Data.Seconds(90);
            c.WorkflowTaskTimeout = Data.Seconds(8);
            c.BackoffStartInterval = Data.Seconds(1);
            c.Initiator = ContinueAsNewInitiator.Workflow;
            c.Failure = Data.Failure("carried failure", "X");
            c.LastCompletionResult = Data.Jsons("lcr");
            c.Header = Data.HeaderOf("h", "new header");
            c.Memo = Data.MemoOf("new", "memo 2");
            c.SearchAttributes = new() { IndexedFields = { ["GInt"] = Data.Typed("Int", 3) } };
            c.RetryPolicy = Data.Retry(2, 3, 20, 7);
        }));
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-continue-as-new-after-upsert")]
    public static async Task ContinueAsNewAfterUpsertAsync(Scenario s)
    {
        await s.StartAsync(r => r.Memo = Data.MemoOf("a", 1));
        await s.TurnAsync(Do.Upsert(Data.Keyword("upserted")), Do.ModifyMemo(Data.MemoOf("b", 2)), s.ContinueAsNew());
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-continue-as-new-with-retry")]
    public static async Task ContinueAsNewWithRetryAsync(Scenario s)
    {
        await s.StartAsync(r => r.RetryPolicy = Data.Retry(0.2, 1, 1, 5));
        await s.TurnAsync(Do.Fail(Data.Failure("a", "Wf")));
        await s.TurnAsync(s.ContinueAsNew());
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-retry")]
    public static async Task RetryAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.WorkflowExecutionTimeout = Data.Seconds(60);
            r.WorkflowRunTimeout = Data.Seconds(20);
            r.RetryPolicy = Data.Retry(0.5, 2, 10, 3);
            r.Memo = Data.MemoOf("m", "memo");
            r.SearchAttributes = Data.Keyword("kw");
            r.Header = Data.HeaderOf("h", "header");
        });
        foreach (var run in new[] { "first", "second", "third" })
        {
            await s.TurnAsync(Do.Fail(Data.Failure(run + " run failed", "Wf")));
            if (run == "first") { await s.LikeAsync("describe-workflow-in-retry-backoff", "DescribeWorkflowExecution", s.DescribeAsync()); }
        }

        await s.CaptureChainAsync();
    }

    [Recording("wf-retry-non-retryable")]
    public static async Task RetryNonRetryableAsync(Scenario s)
    {
        await s.StartAsync(r => r.RetryPolicy = Data.Retry(0.5, 2, 10, 3));
        await s.TurnAsync(Do.Fail(Data.Failure("fatal", "Wf", nonRetryable: true)));
    }

    [Recording("wf-retry-type-listed")]
    public static async Task RetryTypeListedAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.RetryPolicy = Data.Retry(0.5, 2, 10, 3);
            r.RetryPolicy.NonRetryableErrorTypes.Add("Listed");
        });
        await s.TurnAsync(Do.Fail(Data.Failure("fatal", "Listed")));
    }

    [Recording("wf-retry-after-run-timeout")]
    public static async Task RetryAfterRunTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.WorkflowRunTimeout = Data.Seconds(1);
            r.RetryPolicy = Data.Retry(0.2, 1, 1, 2);
        });
        await s.TurnAsync();
        await s.TurnAsync(Do.Complete("second"));
        await s.CaptureChainAsync();
    }

    [Recording("wf-retry-backoff-signal")]
    public static async Task RetryBackoffSignalAsync(Scenario s)
    {
        await s.StartAsync(r => r.RetryPolicy = Data.Retry(3, 1, 3, 3));
        await s.TurnAsync(Do.Fail(Data.Failure("a", "Wf")));
        await s.SignalAsync("during-backoff");
        await s.CaptureAsync("2.after-signal", runId: "", workflowId: s.Name);
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync("2", runId: "", workflowId: s.Name);
    }

    [Recording("wf-retry-beyond-execution-timeout")]
    public static async Task RetryBeyondExecutionTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.WorkflowExecutionTimeout = Data.Seconds(10);
            r.RetryPolicy = Data.Retry(30, 1, 30, 5);
        });
        await s.TurnAsync(Do.Fail(Data.Failure("x", "Wf")));
    }

    [Recording("wf-retry-next-delay-in-failure")]
    public static async Task RetryNextDelayAsync(Scenario s)
    {
        await s.StartAsync(r => r.RetryPolicy = Data.Retry(30, 1, 30, 2));
        await s.TurnAsync(Do.Fail(Data.Failure("x", "Wf", nextRetryDelay: 1)));
        await s.TurnAsync(Do.Complete("second"));
        await s.CaptureChainAsync();
    }
}
