using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Going back to a workflow task: the new run, the old one, and what is applied again.</summary>
internal static class ResetScenarios
{
    private const string Described = "describe-workflow-reset";

    [Recording("reset-first-task")]
    public static async Task FirstTaskAsync(Scenario s)
    {
        await s.StartAsync(r => (r.Memo, r.SearchAttributes) = (Data.MemoOf("m", "memo"), Data.Keyword("kw")));
        await s.TurnAsync(s.Activity("1"));
        await s.CompleteActivityAsync(await s.NextActivityAsync(), "x");
        await s.TurnAsync(Do.Upsert(Data.Keyword("changed")), Do.Timer("t", 60));
        var reset = await s.LikeAsync("reset-workflow", "to the first workflow task", s.ResetAsync(4));
        await s.CaptureAsync("old", s.RunId);
        await s.LikeAsync(Described, "the old run", s.DescribeRunAsync(s.RunId));
        await s.LikeAsync(Described, "the new run", s.DescribeRunAsync(reset!.RunId));
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync(runId: reset.RunId);
    }

    [Recording("reset-later-task")]
    public static async Task LaterTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 0.2));
        await s.TurnAsync(Do.Timer("t2", 60), Do.Upsert(Data.Keyword("kept?")));
        await s.SignalAsync("x");
        await s.TurnAsync();
        await ResetAndCompleteAsync(s, 9, "done", hasOld: true);
    }

    [Recording("reset-to-started-event")]
    public static async Task ToStartedEventAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 0.2));
        await s.NextTaskAsync();
        await ResetAndCompleteAsync(s, 8, "done", hasOld: true);
    }

    [Recording("reset-to-failed-task")]
    public static async Task ToFailedTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t", 0.2));
        await s.FailTaskAsync(await s.NextTaskAsync());
        await ResetAndCompleteAsync(s, 9, "x");
    }

    [Recording("reset-transient-task")]
    public static async Task TransientTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t", 0.2));
        await s.FailTaskAsync(await s.NextTaskAsync());
        await s.NextTaskAsync();
        await ResetAndCompleteAsync(s, 4, "x", hasOld: true);
    }

    [Recording("reset-to-scheduled-event")]
    public static async Task RefusedAsync(Scenario s)
    {
        const string File = "reset-workflow";
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t1", 0.2));
        await s.TurnAsync(Do.Timer("t2", 60));
        await s.LikeAsync(File, "to a WorkflowTaskScheduled event", s.ResetAsync(7));
        await s.LikeAsync(File, "to a TimerStarted event", s.ResetAsync(5));
        await s.LikeAsync(File, "to event 0", s.ResetAsync(0));
        await s.LikeAsync(File, "to event 1", s.ResetAsync(1));
        await s.LikeAsync(File, "to event 2", s.ResetAsync(2));
        await s.LikeAsync(File, "beyond the end", s.ResetAsync(99));
        await s.LikeAsync(File, "no request id", s.ResetAsync(99, r => r.RequestId = ""));
        await s.LikeAsync(File, "missing workflow", s.ResetAsync(4, r => r.WorkflowExecution = new() { WorkflowId = "golden-missing" }));
    }

    [Recording("reset-closed-run")]
    public static async Task ClosedRunAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t", 0.2));
        await s.TurnAsync(Do.Complete("first result"));
        await ResetAndCompleteAsync(s, 4, "second result", hasOld: true);
    }

    [Recording("reset-signals-after")]
    public static async Task SignalsAfterAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.SignalAsync("s1");
        await s.TurnAsync();
        await s.SignalAsync("s2", 2);
        await s.NextTaskAsync();
        await s.SignalAsync("s3-buffered", 3);
        await ResetAndCompleteAsync(s, 4, "done", hasOld: true, hasRightAfter: true);
    }

    [Recording("reset-signals-excluded")]
    public static async Task SignalsExcludedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.SignalAsync("s1");
        await s.RequestCancelAsync();
        await s.TurnAsync();
        var reset = await s.ResetAsync(4, r => r.ResetReapplyExcludeTypes.Add(ResetReapplyExcludeType.Signal));
        await s.CaptureAsync("old", s.RunId);
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync(runId: reset.RunId);
    }

    [Recording("reset-cancel-after")]
    public static async Task CancelAfterAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.RequestCancelAsync();
        await s.TurnAsync();
        await ResetAndCompleteAsync(s, 4, "done", hasOld: true);
    }

    [Recording("reset-pending-activities")]
    public static async Task PendingActivitiesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Activity("1"), s.Activity("2", a => a.RetryPolicy = Data.Retry(60, 1, 60)), s.Activity("3", a => a.TaskQueue.Name += "-nobody"));
        var started = await s.NextActivityAsync();
        var failing = await s.NextActivityAsync();
        await s.FailActivityAsync(failing.ActivityId == "2" ? failing : started, Data.Failure("f", "A"));
        await s.SignalAsync("x");
        await s.TurnAsync(Do.Timer("t", 60));
        var reset = await s.ResetAsync(10);
        await s.CaptureAsync("old", s.RunId);
        await s.CaptureAsync("right-after", reset.RunId);
        var pending = (await s.DescribeRunAsync(reset.RunId)).PendingActivities;
        Assert.Equal(["1", "2", "3"], pending.Select(a => a.ActivityId).Order(StringComparer.Ordinal));
        Assert.All(pending, a => Assert.Equal((1, null), (a.Attempt, a.LastFailure)));
        for (var i = 0; i < 2; i++)
        {
            var again = await s.NextActivityAsync();   // those that were pending, each as a first attempt of the new run
            Assert.Equal((1, reset.RunId), (again.Attempt, again.WorkflowExecution.RunId));
        }

        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync(runId: reset.RunId);
    }

    [Recording("reset-timer-pending")]
    public static async Task TimerPendingAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(Do.Timer("t", 2));
        await s.SignalAsync("x");
        await s.TurnAsync();
        var reset = await s.ResetAsync(9);
        await s.TurnAsync();
        await s.TurnAsync(Do.Complete("x"));
        await s.CaptureAsync(runId: reset.RunId);
    }

    [Recording("reset-child-running")]
    public static async Task ChildRunningAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync(s.Child());
        var child = await s.NextTaskAsync(s.ChildQueue);
        await s.TurnAsync(Do.Timer("t", 0.2));
        await s.TurnAsync(Do.Timer("t2", 60));
        var reset = await s.ResetAsync(9);
        await s.CaptureAsync("old", s.RunId);
        await s.CaptureAsync("right-after", reset.RunId);
        await s.TurnAsync();
        await s.AnswerAsync(child, Do.Complete("child result after reset"));
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync(runId: reset.RunId);
        await s.CaptureAsync("child", workflowId: s.ChildId);
    }

    [Recording("reset-updates-after")]
    public static async Task UpdatesAfterAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var first = await s.AdmitAsync("u1");
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "out");
        await first;
        _ = await s.AdmitAsync("u2");
        var second = await s.NextTaskAsync();
        var accept = Scenario.Accept(second, "u2");
        await s.AnswerAsync(second, Scenario.Messages(accept), Do.Place(accept));
        var reset = await s.ResetAsync(4);
        await s.CaptureAsync("old", s.RunId);
        await s.CaptureAsync("right-after", reset.RunId);

        // No message goes with the task: the worker takes the requests from the events.
        var task = await s.NextTaskAsync();
        Assert.Empty(task.Messages);
        var again = Scenario.AcceptAdmitted("u1", 5);
        var outcome = Scenario.Result("u1", "out-again");
        await s.AnswerAsync(task, Scenario.Messages(again, outcome), Do.Place(again), Do.Place(outcome));
        await s.TerminateAsync();
        await s.CaptureAsync(runId: reset.RunId);
    }

    private static async Task ResetAndCompleteAsync(Scenario s, long finishEventId, string result, bool hasOld = false, bool hasRightAfter = false)
    {
        var reset = await s.ResetAsync(finishEventId);
        if (hasOld) { await s.CaptureAsync("old", s.RunId); }
        if (hasRightAfter) { await s.CaptureAsync("right-after", reset.RunId); }
        await s.TurnAsync(Do.Complete(result));
        await s.CaptureAsync(runId: reset.RunId);
    }
}
