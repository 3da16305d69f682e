using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Answers to calls on runs in a certain state; the histories of these scenarios were not recorded.</summary>
internal static class AnswerScenarios
{
    [Recording("ans-closed-run")]
    public static async Task ClosedRunAsync(Scenario s)
    {
        const string Completed = "error-workflow-completed";
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        await s.AnswerAsync(task, Do.Complete());
        await s.LikeAsync(Completed, "signal", s.SignalAsync("x"));
        await s.LikeAsync(Completed, "terminate", s.TerminateAsync());
        await s.LikeAsync(Completed, "cancel", s.RequestCancelAsync());
        await s.LikeAsync(Completed, "update", s.UpdateAsync("u1"));
        await s.LikeAsync("error-first-execution-run-id", "terminate: chain differs", s.TerminateAsync(firstRunId: "01a213ac-49bc-7677-b217-e7f00b8ebe56"));
        await s.LikeAsync("error-stale-workflow-task-token", "the run is closed", s.AnswerAsync(task));
        await s.LikeAsync("describe-workflow-closed", "DescribeWorkflowExecution", s.DescribeAsync());
    }

    [Recording("ans-first-execution-run-id")]
    public static async Task FirstExecutionRunIdAsync(Scenario s)
    {
        const string File = "error-first-execution-run-id";
        const string OtherChain = "7af97d7a-9025-4091-8f26-a3ad0a74c9e5";
        await s.StartAsync();
        await s.TurnAsync(s.ContinueAsNew());
        await s.LikeAsync(File, "signal to the continued run", s.SignalAsync("x", r => r.WorkflowExecution.RunId = s.RunId));
        await s.LikeAsync(File, "terminate: other chain", s.TerminateAsync(firstRunId: OtherChain));
        await s.LikeAsync(File, "terminate: run id of the first run and its chain", s.TerminateAsync(runId: s.RunId, firstRunId: s.RunId));
        await s.LikeAsync(File, "terminate: chain only", s.TerminateAsync(firstRunId: s.RunId));
    }

    [Recording("ans-tokens")]
    public static async Task StaleTokensAsync(Scenario s)
    {
        const string Activities = "error-stale-activity-task-token";
        await s.StartAsync();
        var firstTask = await s.NextTaskAsync();
        await s.FailTaskAsync(firstTask);
        var secondTask = await s.NextTaskAsync();
        await s.LikeAsync("error-stale-workflow-task-token", "token of attempt 1 while attempt 2 is started", s.AnswerAsync(firstTask));
        await s.LikeAsync("error-stale-workflow-task-token", "RespondWorkflowTaskFailed", s.FailTaskAsync(firstTask));
        await s.AnswerAsync(secondTask, s.Activity("1", a => a.RetryPolicy = Data.Retry(0.1, 1, 1)));

        var first = await s.NextActivityAsync();
        await s.FailActivityAsync(first, Data.Failure("f", "A"));
        var second = await s.NextActivityAsync();
        await s.LikeAsync(Activities, "completed: token of attempt 1 while attempt 2 runs", s.CompleteActivityAsync(first, "x"));
        await s.LikeAsync(Activities, "heartbeat: token of attempt 1 while attempt 2 runs", s.HeartbeatAsync(first, "x"));
        await s.CompleteActivityAsync(second, "x");
        await s.LikeAsync(Activities, "completed twice", s.CompleteActivityAsync(second, "x"));
        await s.LikeAsync(Activities, "failed after completion", s.FailActivityAsync(second, Data.Failure("f", "A")));
        await s.TurnAsync(Do.Complete());
        await s.LikeAsync(Activities, "the run is closed", s.CompleteActivityAsync(second, "x"));
    }

    [Recording("query-no-worker")]
    public static async Task CompletedCleanlyAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.LikeAsync("query-workflow", "no worker polls: the caller's deadline of 6 s", s.QueryAsync("x", QueryRejectCondition.None, seconds: 6));
    }
}
