using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Updates that are rejected, and what stays of the task that carried them.</summary>
internal static class UpdateRejectionScenarios
{
    [Recording("update-rejected-speculative")]
    public static async Task SpeculativeAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        await s.LikeAsync(
            "respond-workflow-task-completed-rejection-only",
            "speculative task, only a rejection",
            s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1"))));
        await s.LikeAsync("update-workflow", "rejected", update);
        await s.CaptureAsync("after-rejection");
        await s.SignalAsync("next");
        await s.TurnAsync(Do.Complete());
    }

    [Recording("update-rejected-speculative-then-command")]
    public static async Task WithCommandAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await sticky;
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1")), Do.Timer("t", 60));
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-rejected-normal-task")]
    public static async Task NormalTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        await s.SignalAsync("makes the task normal");
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1")));
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-rejected-and-accepted-in-one-speculative-task")]
    public static async Task RejectedAndAcceptedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.PollStickyInVainAsync();
        await s.StickyTurnAsync();
        var (first, second) = (await s.AdmitAsync("u1"), await s.AdmitAsync("u2"));
        var task = await s.NextTaskAsync(s.StickyQueue);
        var (reject, accept, result) = (Scenario.Reject(task, "u2"), Scenario.Accept(task, "u1"), Scenario.Result("u1", "u2-out"));
        await s.AnswerAsync(task, Scenario.Messages(reject, accept, result), Do.Place(reject), Do.Place(accept), Do.Place(result));
        await Task.WhenAll(first, second);
        await s.TerminateAsync();
    }

    [Recording("update-not-answered")]
    public static async Task NotAnsweredAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.TurnAsync();
        await s.LikeAsync("update-workflow", "worker completed the task without an answer", update);
        await s.TerminateAsync();
    }

    [Recording("update-signal-while-speculative-scheduled")]
    public static async Task SignalWhileScheduledAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.SignalAsync("sig");
        await s.CaptureAsync("after-signal");
        var task = await s.NextTaskAsync();
        Assert.Equal(task.StartedEventId - 1, Assert.Single(task.Messages).EventId);
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1")));
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-signal-while-speculative-started")]
    public static async Task SignalWhileStartedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        await s.SignalAsync("sig");
        await s.CaptureAsync("after-signal", differsBefore132: true);
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1")));
        await update;
        await s.TurnAsync(Do.Complete());
    }

    [Recording("update-with-start-rejected-on-new")]
    public static async Task WithStartOnNewAsync(Scenario s)
    {
        var call = s.UpdateWithStartAsync("u1", r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting);
        var task = await s.NextTaskAsync();
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u1", "rejected")));
        await s.LikeAsync("multi-operation", "new run, update rejected", call);
        await s.TerminateAsync();
    }
}
