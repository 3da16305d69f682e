using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>What happens while a workflow task is started, and how it comes into the history; signals and their request ids.</summary>
internal static class BufferingScenarios
{
    [Recording("wf-buffered-signals-order")]
    public static async Task BufferedOrderAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity(), Do.Timer("t1", 1));
        await s.SignalAsync("go");
        var task = await s.NextTaskAsync();
        await s.SignalAsync("b1");
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "a-out");
        await s.RequestCancelAsync();
        await s.SignalAsync("b2", 2);
        await s.ElapseAsync(1.5);
        await s.SignalAsync("b3", 3);
        await s.CaptureAsync("buffered");
        await s.LikeAsync("describe-workflow-task-started", "with buffered events", s.DescribeAsync());
        await s.AnswerAsync(task, Do.Timer("t2", 60));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-unhandled-command-on-complete")]
    public static async Task UnhandledCommandAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        await s.SignalAsync("buffered");
        await Scenario.RefusedAsync(s.AnswerAsync(task, Do.Complete()), StatusCode.InvalidArgument, "UnhandledCommand");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-unhandled-command-on-continue-as-new")]
    public static async Task UnhandledContinueAsNewAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        await s.SignalAsync("buffered");
        await Scenario.RefusedAsync(s.AnswerAsync(task, s.ContinueAsNew()), StatusCode.InvalidArgument, "UnhandledCommand");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-unhandled-command-on-attempt-2")]
    public static async Task UnhandledCommandOnAttempt2Async(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(1);
        var task = await s.NextTaskAsync();
        await s.SignalAsync("buffered");
        await Scenario.RefusedAsync(s.AnswerAsync(task, Do.Complete()), StatusCode.InvalidArgument, "UnhandledCommand");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-signal-dedup")]
    public static async Task SignalDedupAsync(Scenario s)
    {
        await s.StartAsync();
        foreach (var requestId in new[] { "r1", "r1", "r2", "", "" })
        {
            await s.SignalAsync("sig-" + requestId, r =>
            {
                r.RequestId = requestId;
                r.Header = Data.HeaderOf("h", "header");
            });
        }

        await s.TurnAsync(Do.Complete());
    }

    [Recording("wf-signal-with-start")]
    public static async Task SignalWithStartAsync(Scenario s)
    {
        await s.LikeAsync("signal-with-start", "starts", s.SignalWithStartAsync("sws"));
        await s.LikeAsync("signal-with-start", "already running: only signals", s.SignalWithStartAsync("sws-2"));
        await s.LikeAsync("signal-with-start", "same request id again", s.SignalWithStartAsync("sws-2"));
        await s.TurnAsync(Do.Complete());
    }
}
