namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Start delay, and what ends it early.</summary>
internal static class StartDelayScenarios
{
    [Recording("wf-start-delay")]
    public static async Task DelayAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowStartDelay = Data.Seconds(1.5));
        await s.LikeAsync("describe-workflow-start-delay", "waiting for the delay", s.DescribeAsync());
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-start-delay-signal")]
    public static async Task SignalAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowStartDelay = Data.Seconds(4));
        await s.SignalAsync("during-delay");
        await s.CaptureAsync("after-signal");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-start-delay-signal-with-start")]
    public static async Task SignalWithStartAsync(Scenario s)
    {
        await s.SignalWithStartAsync("sws", r => r.WorkflowStartDelay = Data.Seconds(3));
        await s.TurnAsync(Do.Complete("x"));
    }

    [Recording("wf-start-delay-cancel")]
    public static async Task CancelAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowStartDelay = Data.Seconds(4));
        await s.RequestCancelAsync();
        await s.CaptureAsync("after-cancel");
        await s.TurnAsync(Do.Cancel("x"));
    }

    [Recording("wf-start-delay-terminate")]
    public static async Task TerminateAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowStartDelay = Data.Seconds(4));
        await s.TerminateAsync();
    }
}
