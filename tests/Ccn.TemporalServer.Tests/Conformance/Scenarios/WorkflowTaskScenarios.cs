using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Workflow tasks: failures, time-outs, the sticky queue, new tasks on demand, bad commands.</summary>
internal static class WorkflowTaskScenarios
{
    private const string TransientEvents = "1.29 does not show the events of a transient task in a history";

    [Recording("wft-first-success")]
    public static async Task FirstSuccessAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-fail-1-recover")]
    public static async Task FailOnceAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(1);
        var task = await s.NextTaskAsync();
        await s.CaptureAsync("before-completion", differsBefore132: true);
        await s.AnswerAsync(task, Do.Complete());
    }

    [Recording("wft-fail-2-signal-while-transient-waits")]
    public static async Task FailTwiceThenSignalAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(2);
        await s.SignalAsync("sig");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-fail-3-recover")]
    public static async Task FailThreeTimesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(3);
        await s.TurnAsync(Do.Timer("t1", 0.5));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-fail-growing-timeout")]
    public static async Task FailManyTimesAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(2));
        await s.FailTasksAsync(7);
        await s.TerminateAsync();
    }

    [Recording("wft-fail-signal-while-transient-started")]
    public static async Task SignalWhileTransientStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(1);
        var task = await s.NextTaskAsync();
        await s.SignalAsync("sig");
        await s.CaptureAsync("buffered", differsBefore132: true);
        await s.AnswerAsync(task, Do.Timer("t", 60));
        await s.CaptureAsync("flushed");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-fail-signal-while-transient-waits")]
    public static async Task SignalWhileTransientWaitsAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(1);
        await s.SignalAsync("sig");
        await s.CaptureAsync("after-signal", differsBefore132: true);
        var task = await s.NextTaskAsync();
        await s.CaptureAsync("started");
        await s.AnswerAsync(task, Do.Complete());
    }

    [Recording("wft-fail-then-timeout")]
    public static async Task FailThenTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(1));
        await s.FailTasksAsync(1);
        await s.LapseTasksAsync(1);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-fail-while-signal-buffered")]
    public static async Task FailWhileSignalBufferedAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        await s.SignalAsync("sig");
        await s.FailTaskAsync(task);
        await s.CaptureAsync("after-fail");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-timeout-1-recover")]
    public static async Task TimeoutOnceAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(1));
        await s.LapseTasksAsync(1);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-timeout-3-recover")]
    public static async Task TimeoutThreeTimesAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(1));
        await s.LapseTasksAsync(3);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-binary-checksum")]
    public static async Task BinaryChecksumAsync(Scenario s)
    {
        await s.StartAsync();
        await s.AnswerAsync(await s.NextTaskAsync(), r => r.BinaryChecksum = "checksum-1", Do.Complete());
    }

    [Recording("wft-sdk-metadata-versioning")]
    public static async Task SdkMetadataAsync(Scenario s)
    {
        await s.StartAsync();
        var first = await s.NextTaskAsync(buildId: "build-1");
        await s.AnswerAsync(
            first,
            r =>
            {
                r.WorkerVersionStamp = new() { BuildId = "build-1" };
                r.SdkMetadata = new() { CoreUsedFlags = { 1, 2 }, LangUsedFlags = { 1 }, SdkName = "golden-sdk", SdkVersion = "1.0.0" };
                r.MeteringMetadata = new() { NonfirstLocalActivityExecutionAttempts = 3 };
            },
            s.Activity());
        await s.CompleteActivityAsync(await s.NextActivityAsync("build-1"), "ok", "build-1");
        var second = await s.NextTaskAsync(buildId: "build-1");
        await s.AnswerAsync(second, r => r.WorkerVersionStamp = new() { BuildId = "build-2" }, Do.Complete());
    }

    [Recording("wft-force-new-task-local-activities")]
    public static async Task ForceNewTaskAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(5));
        var first = await s.AnswerAsync(await s.NextTaskAsync(), r =>
        {
            s.Sticky()(r);
            NewTaskInline(r);
        });
        var second = await s.AnswerAsync(first.WorkflowTask, NewTaskInline, LocalActivity("1"));
        await s.AnswerAsync(second.WorkflowTask, LocalActivity("2"), Do.Complete());
    }

    [Recording("wft-bad-command-1-recover", DiffersBefore132 = "the text of the refusal")]
    public static async Task BadCommandAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(2));
        var endless = s.Activity("1", a => a.StartToCloseTimeout = null);
        await Scenario.RefusedAsync(s.TurnAsync(endless), StatusCode.InvalidArgument, "BadScheduleActivityAttributes: ");
        await Scenario.RefusedAsync(s.TurnAsync(endless), StatusCode.InvalidArgument, "BadScheduleActivityAttributes: ");
        await s.CaptureAsync("after-attempt-2");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-sticky-success")]
    public static async Task StickySuccessAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync(Do.Timer("t", 0.3));
        await s.AnswerAsync(await sticky, Do.Complete());
    }

    [Recording("wft-sticky-fail")]
    public static async Task StickyFailAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync(Do.Timer("t", 0.3));
        await s.FailTaskAsync(await sticky);
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-sticky-no-poller")]
    public static async Task StickyNoPollerAsync(Scenario s)
    {
        await s.StartAsync();
        await s.StickyTurnAsync(Do.Timer("t", 0.3));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-sticky-reset")]
    public static async Task StickyResetAsync(Scenario s)
    {
        await s.StartAsync();
        await s.StickyTurnAsync(Do.Timer("t", 0.3));
        await s.ResetStickyQueueAsync();
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-sticky-schedule-to-start-timeout")]
    public static async Task StickyScheduleToStartTimeoutAsync(Scenario s)
    {
        await s.StartAsync();
        await s.PollStickyInVainAsync();
        await s.AnswerAsync(await s.NextTaskAsync(), s.Sticky(seconds: 1), Do.Timer("t", 0.3));
        await s.TurnAsync(Do.Complete());
    }

    [Recording("wft-sticky-start-to-close-timeout")]
    public static async Task StickyStartToCloseTimeoutAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(1));
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync(Do.Timer("t", 0.3));
        await sticky;
        await s.TurnAsync(Do.Complete());
    }

    private static void NewTaskInline(RespondWorkflowTaskCompletedRequest request) =>
        (request.ForceCreateNewWorkflowTask, request.ReturnNewWorkflowTask) = (true, true);

    private static Temporalio.Api.Command.V1.Command LocalActivity(string id) => Do.Marker("core_local_activity", details =>
    {
        details["data"] = new() { Payloads_ = { Data.RawJson($$"""{"activity_id":"{{id}}","activity_type":"Act","attempt":1,"seq":1}""") } };
        details["result"] = Data.Jsons("la-result");
    });
}
