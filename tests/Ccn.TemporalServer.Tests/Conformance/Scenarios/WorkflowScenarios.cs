using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Starts, ends, time-outs, markers, memo and search attributes of one run.</summary>
internal static class WorkflowScenarios
{
    [Recording("wf-failed")]
    public static async Task FailedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Fail(Data.Failure("workflow failed", "Wf")));
    }

    [Recording("wf-full-start-request")]
    public static async Task FullStartRequestAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.WorkflowExecutionTimeout = Data.Seconds(3600);
            r.WorkflowRunTimeout = Data.Seconds(1800);
            r.WorkflowTaskTimeout = Data.Seconds(7);
            r.RetryPolicy = new() { MaximumAttempts = 3 };
            r.Memo = Data.MemoOf("m", "memo");
            r.SearchAttributes = Data.Keyword("kw");
            r.SearchAttributes.IndexedFields["GInt"] = Data.Typed("Int", 7);
            r.Header = Data.HeaderOf("h", "header");
            r.Priority = new() { PriorityKey = 2 };
            r.UserMetadata = Data.Summary("summary", "details");
        });
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-eager-start")]
    public static async Task EagerStartAsync(Scenario s)
    {
        var started = await s.LikeAsync("start-workflow-eager", "request_eager_execution", s.StartAsync(r => r.RequestEagerExecution = true));
        await s.AnswerAsync(started!.EagerWorkflowTask, Do.Complete("x"));
    }

    [Recording("wf-cancel-requested")]
    public static async Task CancelRequestedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.RequestCancelAsync();
        await s.LikeAsync("request-cancel", "second request, same request id", s.RequestCancelAsync());
        await s.LikeAsync("request-cancel", "second request, other request id", s.RequestCancelAsync("cancel2"));
        await s.TurnAsync(Do.Cancel("canceled details"));
        await s.LikeAsync("request-cancel", "closed run", s.RequestCancelAsync("cancel3"));
    }

    [Recording("wf-cancel-command-without-request")]
    public static async Task CancelWithoutRequestAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Cancel("x"));
    }

    [Recording("wf-terminated")]
    public static async Task TerminatedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity(), Do.Timer("t", 60));
        await s.TerminateAsync();
    }

    [Recording("wf-terminated-task-scheduled")]
    public static async Task TerminatedWhileScheduledAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TerminateAsync();
    }

    [Recording("wf-terminated-while-task-started")]
    public static async Task TerminatedWhileStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.NextTaskAsync();
        await s.SignalAsync("buffered");
        await s.TerminateAsync();
    }

    [Recording("wf-terminated-while-transient-started")]
    public static async Task TerminatedWhileTransientAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(1);
        await s.NextTaskAsync();
        await s.TerminateAsync();
    }

    [Recording("wf-run-timeout")]
    public static async Task RunTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowRunTimeout = Data.Seconds(1));
        await s.TurnAsync(s.Activity());
        await s.ClosedAsync();
    }

    [Recording("wf-run-timeout-while-task-started")]
    public static async Task RunTimeoutWhileStartedAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowRunTimeout = Data.Seconds(1.5));
        await s.NextTaskAsync();
        await s.SignalAsync("buffered");
        await s.ClosedAsync();
    }

    [Recording("wf-execution-timeout-only")]
    public static async Task ExecutionTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowExecutionTimeout = Data.Seconds(1));
        await s.TurnAsync();
        await s.ClosedAsync();
    }

    [Recording("wf-two-close-commands")]
    public static async Task TwoCloseCommandsAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(s.TurnAsync(Do.Complete(), Do.Complete()), StatusCode.InvalidArgument, "invalid command sequence: ");
    }

    [Recording("wf-close-command-not-last")]
    public static async Task CloseCommandNotLastAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(
            s.TurnAsync(Do.Complete(), Do.Timer("t", 60)),
            StatusCode.InvalidArgument,
            "invalid command sequence: [CompleteWorkflowExecution, StartTimer], command CompleteWorkflowExecution must be the last command.");
    }

    [Recording("wf-markers")]
    public static async Task MarkersAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(
            Do.Marker("SideEffect", d => (d["side-effect-id"], d["data"]) = (Data.Jsons(1), Data.Jsons("side effect"))),
            Do.Marker("Version", d => (d["change-id"], d["version"]) = (Data.Jsons("change"), Data.Jsons(1))),
            Do.Upsert(new() { IndexedFields = { ["TemporalChangeVersion"] = Data.Typed("KeywordList", new[] { "change-1" }) } }),
            Do.Marker("core_patch", d => d["patch-data"] = new() { Payloads_ = { Data.RawJson("""{"deprecated":false,"id":"p"}""") } }),
            Do.Marker("WithFailure", failure: Data.Failure("in marker", "M")),
            Do.Complete("x"));
    }

    [Recording("wf-upsert-memo-and-search-attributes")]
    public static async Task UpsertAsync(Scenario s)
    {
        await s.StartAsync(r =>
        {
            r.Memo = new() { Fields = { ["a"] = Data.Json(1), ["b"] = Data.Json(2) } };
            r.SearchAttributes = Data.Keyword("kw");
            r.SearchAttributes.IndexedFields["GBool"] = Data.Typed("Bool", value: true);
        });
        await s.TurnAsync(
            Do.ModifyMemo(new() { Fields = { ["b"] = Data.Json(value: null), ["c"] = Data.Json("three") } }),
            Do.Upsert(new()
            {
                IndexedFields =
                {
                    ["GInt"] = Data.Typed("Int", 5),
                    ["GText"] = Data.Typed("Text", "some words"),
                    ["GDouble"] = Data.Typed("Double", 1.5),
                    ["GDatetime"] = Data.Typed("Datetime", "2026-01-02T03:04:05Z"),
                    ["GList"] = Data.Typed("KeywordList", new[] { "x", "y" }),
                    ["GBool"] = Data.TypedNull("Bool"),
                },
            }),
            Do.Timer("t", 0.2));
        var task = await s.NextTaskAsync();
        await s.LikeAsync("describe-workflow-search-attributes", "after upserts", s.DescribeAsync());
        await s.AnswerAsync(task, Do.Complete("x"));
    }

    [Recording("wf-user-metadata")]
    public static async Task UserMetadataAsync(Scenario s)
    {
        await s.StartAsync(r => r.UserMetadata = Data.Summary("wf summary", "wf details"));
        var (timer, activity, child) = (Do.Timer("t", 60), s.Activity(), s.Child());
        timer.UserMetadata = Data.Summary("timer summary");
        activity.UserMetadata = Data.Summary("act summary");
        child.UserMetadata = Data.Summary("child summary", "child details");
        await s.TurnAsync(timer, activity, child);
        await s.TurnAsync();
        await s.LikeAsync("describe-workflow-user-metadata", "DescribeWorkflowExecution", s.DescribeAsync());
        await s.LikeAsync("describe-workflow-user-metadata", "the child", s.DescribeAsync(s.ChildId));
        await s.ChildTurnAsync(Do.Complete("c"));
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }
}
