using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>What becomes of children when their parent closes.</summary>
internal static class ParentCloseScenarios
{
    [Recording("child-close-in-same-task")]
    public static async Task CloseInSameTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(
            s.Child(),
            s.Child(c => (c.WorkflowId, c.ParentClosePolicy) = (s.ChildId + "-ab", ParentClosePolicy.Abandon)),
            Do.Complete());
    }

    [Recording("child-parent-close-default")]
    public static Task DefaultAsync(Scenario s) => CloseAsync(s, ParentClosePolicy.Unspecified);

    [Recording("child-parent-close-terminate")]
    public static Task TerminateAsync(Scenario s) => CloseAsync(s, ParentClosePolicy.Terminate);

    [Recording("child-parent-close-request-cancel")]
    public static async Task RequestCancelAsync(Scenario s)
    {
        await RunningAsync(s, ParentClosePolicy.RequestCancel);
        await s.TurnAsync(Do.Complete());
        await s.ChildTurnAsync(Do.Cancel("x"));
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }

    [Recording("child-parent-close-abandon")]
    public static async Task AbandonAsync(Scenario s)
    {
        await RunningAsync(s, ParentClosePolicy.Abandon);
        await s.TurnAsync(Do.Complete());
        await s.LikeAsync("describe-workflow-abandoned-child", "DescribeWorkflowExecution", s.DescribeAsync(s.ChildId));
        await s.TerminateAsync(s.ChildId);
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }

    [Recording("child-parent-terminated")]
    public static async Task ParentTerminatedAsync(Scenario s)
    {
        await RunningAsync(s, ParentClosePolicy.Unspecified);
        await s.TurnAsync();
        await s.TerminateAsync();
        await s.ClosedAsync(s.ChildId);
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }

    [Recording("child-parent-fails-with-retry")]
    public static async Task ParentFailsWithRetryAsync(Scenario s)
    {
        await s.StartAsync(r => r.RetryPolicy = Data.Retry(1, 1, 1, 2));
        await s.TurnAsync(s.Child());
        await s.TurnAsync(Do.Fail(Data.Failure("x", "y")));
        await s.ClosedAsync(s.ChildId);
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    [Recording("child-parent-continued-as-new")]
    public static async Task ParentContinuedAsNewAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child());
        await s.TurnAsync(s.Child(c => (c.WorkflowId, c.ParentClosePolicy) = (s.ChildId + "-abandon", ParentClosePolicy.Abandon)));
        await s.TurnAsync(s.ContinueAsNew());
        await s.ClosedAsync(s.ChildId);
        var task = await s.NextTaskAsync(s.ChildQueue);
        Assert.Equal(s.ChildId + "-abandon", task.WorkflowExecution.WorkflowId);
        await s.CaptureAsync("abandoned", workflowId: s.ChildId + "-abandon");
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureChainAsync();
    }

    private static async Task CloseAsync(Scenario s, ParentClosePolicy policy)
    {
        await RunningAsync(s, policy);
        await s.TurnAsync(Do.Complete());
        await s.ClosedAsync(s.ChildId);
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }

    /// <summary>The child has answered its first task; the parent's task that says so still waits.</summary>
    private static async Task RunningAsync(Scenario s, ParentClosePolicy policy)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child(c => c.ParentClosePolicy = policy));
        await s.ChildTurnAsync();
    }
}
