using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Updates that are accepted. Rejected ones, and those whose task or run ends first, have files of their own.</summary>
internal static class UpdateScenarios
{
    [Recording("update-accepted-and-completed-in-one-task")]
    public static async Task InOneTaskAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await sticky;
        await s.CaptureAsync("before-completion", differsBefore132: true);
        await s.AnswerUpdateAsync(task, "u1", "u-out");
        await s.LikeAsync("update-workflow", "wait for completed: accepted and completed in one task", update);
        await s.TerminateAsync();
    }

    [Recording("update-accepted-then-completed-later")]
    public static async Task CompletedLaterAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        var accept = Scenario.Accept(task, "u1");
        await s.AnswerAsync(task, Scenario.Messages(accept), Do.Place(accept), Do.Timer("t", 0.5));
        var result = Scenario.Result("u1", "u-out");
        await s.AnswerAsync(await s.NextTaskAsync(), Scenario.Messages(result), Do.Place(result), Do.Complete());
        Assert.Equal(Data.Jsons("u-out"), (await update).Outcome.Success);
        await s.LikeAsync("update-workflow", "same update id after close", s.UpdateAsync("u1"));
        await s.LikeAsync("update-workflow", "new update id after close", s.UpdateAsync("u2"));
        await s.LikeAsync("poll-workflow-update", "completed, run closed", s.PollUpdateAsync("u1"));
        await s.LikeAsync("poll-workflow-update", "unknown update id", s.PollUpdateAsync("nope"));
    }

    [Recording("update-before-first-task")]
    public static async Task BeforeFirstTaskAsync(Scenario s)
    {
        await s.StartAsync();
        var update = await s.AdmitAsync("u1");
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "u-out", Do.Complete());
        await update;
    }

    [Recording("update-failed-outcome")]
    public static async Task FailedOutcomeAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        var (accept, failure) = (Scenario.Accept(task, "u1"), Scenario.FailureOf("u1", Data.Failure("update failed", "U")));
        await s.AnswerAsync(task, Scenario.Messages(accept, failure), Do.Place(accept), Do.Place(failure));
        await s.LikeAsync("update-workflow", "handler failed after acceptance", update);
        await s.TerminateAsync();
    }

    [Recording("update-messages-without-commands")]
    public static async Task WithoutCommandsAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Accept(task, "u1"), Scenario.Result("u1", "u1-out")), Do.Timer("t1", 60));
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-two-in-one-task-with-commands")]
    public static async Task TwoInOneTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var (first, second) = (await s.AdmitAsync("u1"), await s.AdmitAsync("u2"));
        var task = await s.NextTaskAsync();
        var (accept1, accept2) = (Scenario.Accept(task, "u1"), Scenario.Accept(task, "u2"));
        var (result1, result2) = (Scenario.Result("u1", "u1-out"), Scenario.Result("u2", "u2-out"));
        await s.AnswerAsync(
            task,
            Scenario.Messages(accept1, accept2, result2, result1),
            Do.Place(accept1),
            Do.Timer("t1", 60),
            Do.Place(accept2),
            Do.Place(result2),
            Do.Timer("t2", 60),
            Do.Place(result1));
        await Task.WhenAll(first, second);
        await s.TerminateAsync();
    }

    [Recording("update-while-task-started")]
    public static async Task WhileTaskStartedAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        var update = await s.AdmitAsync("u1");
        var answer = await s.AnswerAsync(task, r => r.ReturnNewWorkflowTask = true, Do.Timer("t", 60));
        await s.CaptureAsync("after-first", differsBefore132: true);
        await s.AnswerUpdateAsync(answer.WorkflowTask, "u1", "u-out");
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-task-failed-then-accepted")]
    public static async Task TaskFailedAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.FailTasksAsync(1);
        await s.CaptureAsync("after-fail", differsBefore132: true);
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "out");
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-speculative-task-times-out")]
    public static async Task SpeculativeTaskTimesOutAsync(Scenario s)
    {
        await s.StartAsync(r => r.WorkflowTaskTimeout = Data.Seconds(1));
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.LapseTasksAsync(1);
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "out");
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-speculative-not-polled")]
    public static async Task SpeculativeNotPolledAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.ElapseAsync(6);
        await s.CaptureAsync("after-6-s");
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "out");
        await update;
        await s.TerminateAsync();
    }

    [Recording("update-with-start")]
    public static async Task UpdateWithStartAsync(Scenario s)
    {
        var starts = s.UpdateWithStartAsync("u1", First);
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u1", "u-out");
        await s.LikeAsync("multi-operation", "update-with-start: starts", starts);
        await s.LikeAsync("multi-operation", "same request id and update id again", s.UpdateWithStartAsync("u1", First));
        await s.LikeAsync("multi-operation", "running, conflict policy fail", s.UpdateWithStartAsync("u2", Failing));
        var uses = s.UpdateWithStartAsync("u2", Existing);
        await s.AnswerUpdateAsync(await s.NextTaskAsync(), "u2", "u2-out");
        await s.LikeAsync("multi-operation", "running, conflict policy use existing", uses);

        // The worker has not yet seen the events of u2, so the task that brings them is kept although it only rejects.
        var rejected = s.UpdateWithStartAsync("u3", Existing);
        var task = await s.NextTaskAsync();
        await s.AnswerAsync(task, Scenario.Messages(Scenario.Reject(task, "u3", "rejected")));
        await s.LikeAsync("multi-operation", "running, conflict policy use existing, update rejected", rejected);
        await s.SignalAsync("end");
        await s.TurnAsync(Do.Complete());
        await s.LikeAsync("multi-operation", "closed, reuse policy reject duplicate", s.UpdateWithStartAsync("u4", Rejecting));
        await s.LikeAsync("multi-operation", "closed, known update id, reuse policy reject duplicate", s.UpdateWithStartAsync("u1", Rejecting));
        await s.LikeAsync("multi-operation", "ids differ", s.UpdateWithStartAsync("u5", Rejecting, updateWorkflowId: "other-id"));

        void First(StartWorkflowExecutionRequest request) => request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;

        void Existing(StartWorkflowExecutionRequest request)
        {
            First(request);
            request.RequestId = s.Name + "-start-2-000000";
        }

        void Failing(StartWorkflowExecutionRequest request)
        {
            Existing(request);
            request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.Fail;
        }

        void Rejecting(StartWorkflowExecutionRequest request)
        {
            First(request);
            request.RequestId = s.Name + "-start-4-000000";
            request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate;
        }
    }
}
