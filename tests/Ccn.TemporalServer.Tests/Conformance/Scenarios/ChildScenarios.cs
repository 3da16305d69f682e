using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Child workflows: their ends as the parent sees them, and starts that fail. Parent close policies have a file of their own.</summary>
internal static class ChildScenarios
{
    [Recording("child-completed")]
    public static async Task CompletedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child(c =>
        {
            c.WorkflowExecutionTimeout = Data.Seconds(600);
            c.WorkflowRunTimeout = Data.Seconds(300);
            c.WorkflowTaskTimeout = Data.Seconds(9);
            c.RetryPolicy = new() { MaximumAttempts = 2 };
            c.Header = Data.HeaderOf("h", "header");
            c.Memo = Data.MemoOf("m", "memo");
            c.SearchAttributes = Data.Keyword("kw");
        }));
        var (parentTask, childTask) = (await s.NextTaskAsync(), await s.NextTaskAsync(s.ChildQueue));
        await s.LikeAsync("describe-workflow-pending-child", "DescribeWorkflowExecution", s.DescribeAsync());
        await s.LikeAsync("describe-workflow-pending-child", "the child", s.DescribeAsync(s.ChildId));
        await s.AnswerAsync(parentTask);
        await s.AnswerAsync(childTask, Do.Complete("child-out"));
        await EndAsync(s);
    }

    [Recording("child-failed")]
    public static async Task FailedAsync(Scenario s)
    {
        await StartedAsync(s);
        await s.ChildTurnAsync(Do.Fail(Data.Failure("child failed", "Ch")));
        await EndAsync(s);
    }

    [Recording("child-canceled")]
    public static async Task CanceledAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child());
        await s.ChildTurnAsync();
        await s.TurnAsync(Do.CancelExternal(s.ChildId, childOnly: true));
        await s.TurnAsync();
        await s.ChildTurnAsync(Do.Cancel("child canceled"));
        await EndAsync(s);
    }

    [Recording("child-canceled-parent-cancel-in-next-task")]
    public static async Task CanceledInNextTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child());
        await s.TurnAsync(Do.CancelExternal(s.ChildId, childOnly: true));
        await s.TurnAsync();
        await s.ChildTurnAsync(Do.Cancel("c"));
        await EndAsync(s);
    }

    [Recording("child-terminated")]
    public static async Task TerminatedAsync(Scenario s)
    {
        await StartedAsync(s);
        await s.NextTaskAsync(s.ChildQueue);
        await s.TerminateAsync(s.ChildId);
        await EndAsync(s);
    }

    [Recording("child-timed-out")]
    public static async Task TimedOutAsync(Scenario s)
    {
        await StartedAsync(s, c => c.WorkflowRunTimeout = Data.Seconds(1));
        await EndAsync(s);
    }

    [Recording("child-continued-as-new")]
    public static async Task ContinuedAsNewAsync(Scenario s)
    {
        await StartedAsync(s);
        await s.ChildTurnAsync(s.ContinueAsNew(c => (c.WorkflowType.Name, c.TaskQueue.Name) = ("Child", s.ChildQueue)));
        await s.CaptureAsync("during");
        await s.ChildTurnAsync(Do.Complete("from run 2"));
        await s.TurnAsync(Do.Complete());
        var history = await s.HistoryAsync(s.Name);
        await s.CaptureChainAsync("child.", history.Events[5].ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId, s.ChildId);
    }

    [Recording("child-retried")]
    public static async Task RetriedAsync(Scenario s)
    {
        await StartedAsync(s, c => c.RetryPolicy = Data.Retry(0.2, 1, 1, 2));
        await s.ChildTurnAsync(Do.Fail(Data.Failure("first", "Ch")));
        await s.ChildTurnAsync(Do.Fail(Data.Failure("second", "Ch")));
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync("child.2", workflowId: s.ChildId);
    }

    [Recording("child-cron")]
    public static async Task CronAsync(Scenario s)
    {
        await StartedAsync(s, c => c.CronSchedule = "@every 2s");
        await s.ChildTurnAsync(Do.Complete("x"));
        await s.CaptureAsync("during");
        await s.TerminateAsync(s.ChildId);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("child-start-and-cancel-in-one-task")]
    public static async Task StartAndCancelAsync(Scenario s)
    {
        await s.StartAsync();
        await Scenario.RefusedAsync(
            s.TurnAsync(s.Child(), Do.CancelExternal(s.ChildId, childOnly: true)),
            StatusCode.InvalidArgument,
            "BadRequestCancelExternalWorkflowExecutionAttributes: ");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("child-start-failed-already-exists")]
    public static async Task AlreadyExistsAsync(Scenario s)
    {
        await s.StartOtherAsync(s.ChildId, "q-" + s.Name + "-other");
        await s.StartAsync();
        await s.TurnAsync(s.Child());
        await s.TurnAsync(Do.Complete());
    }

    [Recording("child-start-failed-closed-reject-duplicate")]
    public static async Task RejectDuplicateAsync(Scenario s)
    {
        await s.StartOtherAsync(s.ChildId, "q-" + s.Name + "-other");
        await s.TerminateAsync(s.ChildId);
        await s.StartAsync();
        await s.TurnAsync(s.Child(c => c.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("child-terminate-if-running")]
    public static async Task TerminateIfRunningAsync(Scenario s)
    {
        await s.StartOtherAsync(s.ChildId, "q-" + s.Name + "-other");
        await StartedAsync(s, c => c.WorkflowIdReusePolicy = WorkflowIdReusePolicy.TerminateIfRunning);
        await s.ChildTurnAsync(Do.Complete("x"));
        await s.TurnAsync(Do.Complete());
    }

    /// <summary>Parent and child run; the parent has taken note.</summary>
    private static async Task StartedAsync(Scenario s, Action<StartChildWorkflowExecutionCommandAttributes>? with = null)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child(with));
        await s.TurnAsync();
    }

    private static async Task EndAsync(Scenario s)
    {
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }
}
