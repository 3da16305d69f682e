using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Schedules and the runs they start.</summary>
internal static class ScheduleScenarios
{
    private const string Described = "schedule-describe";

    [Recording("sched-basic")]
    public static async Task BasicAsync(Scenario s)
    {
        await s.LikeAsync("schedule-create", "every 3 s", s.CreateScheduleAsync("every 3 s", 3, r =>
        {
            var action = r.Schedule.Action.StartWorkflow;
            action.Memo = Data.MemoOf("wm", "wf memo");
            action.SearchAttributes = Data.Keyword("wf kw");
            action.UserMetadata = Data.Summary("summary");
            r.Schedule.State = new() { Notes = "notes" };
            r.Memo = Data.MemoOf("sm", "schedule memo");
            r.SearchAttributes = Data.Keyword("schedule kw");
        }));
        await s.LikeAsync("schedule-create", "exists", s.CreateScheduleAsync("exists", 3600));
        await s.LikeAsync(Described, "right after creation", s.DescribeScheduleAsync());

        var first = await s.NextTaskAsync();
        await s.LikeAsync(Described, "one action running", s.ScheduleIsAsync(d => d.Info.ActionCount == 1));
        await s.AnswerAsync(first, Do.Complete("result-1"));
        await s.CaptureAsync("workflow.1", workflowId: first.WorkflowExecution.WorkflowId);
        var second = await s.NextTaskAsync();
        await s.AnswerAsync(second, Do.Complete("result-2"));
        await s.CaptureAsync("workflow.2", workflowId: second.WorkflowExecution.WorkflowId);

        await s.LikeAsync("schedule-patch", "pause", s.PatchScheduleAsync(new() { Pause = "pause note" }));
        await s.LikeAsync(Described, "paused", s.ScheduleIsAsync(d => d.Info.RunningWorkflows.Count == 0 && d.Schedule.State.Paused));
        await s.LikeAsync("schedule-list", "all", s.ListSchedulesAsync($"TemporalSchedulePaused = true AND ScheduleId = '{s.Name}'"));
        await s.LikeAsync("schedule-patch", "unpause", s.PatchScheduleAsync(new() { Unpause = "unpause note" }));
        await s.PatchScheduleAsync(new() { Pause = "pause note 2" });
        await s.ElapseAsync(1);   // runs are called by the second
        await s.LikeAsync("schedule-patch", "trigger immediately", s.PatchScheduleAsync(new() { TriggerImmediately = new() }));
        var triggered = await s.NextTaskAsync();
        await s.AnswerAsync(triggered, Do.Complete("result-t"));
        await s.CaptureAsync("workflow.triggered", workflowId: triggered.WorkflowExecution.WorkflowId);
        await UpdateAndDeleteAsync(s);
    }

    private static async Task UpdateAndDeleteAsync(Scenario s)
    {
        var before = await s.ScheduleIsAsync(d => d.Info is { ActionCount: 3, RunningWorkflows.Count: 0 });
        var changed = before.Schedule.Clone();
        changed.State.Notes = "updated notes";
        await s.LikeAsync("schedule-update", "with a fresh conflict token", s.UpdateScheduleAsync(changed, before.ConflictToken));
        await s.ScheduleIsAsync(d => d.Schedule.State.Notes == "updated notes");
        changed.State.Notes = "must not appear";
        await s.LikeAsync("schedule-update", "with a stale conflict token", s.UpdateScheduleAsync(changed, before.ConflictToken));
        await s.LikeAsync(Described, "after the stale update", s.DescribeScheduleAsync());
        await s.LikeAsync("schedule-delete", "first", s.DeleteScheduleAsync());
        await s.LikeAsync("schedule-delete", "again", s.DeleteScheduleAsync());
        await s.LikeAsync(Described, "deleted", s.DescribeScheduleAsync());
        await s.LikeAsync(Described, "never existed", s.DescribeScheduleAsync("golden-missing"));
        await s.LikeAsync("schedule-create", "same id after deletion", s.CreateScheduleAsync("same id after deletion", 3600));
        await s.DeleteScheduleAsync();
    }

    [Recording("sched-pause-on-failure-and-limited")]
    public static async Task PauseOnFailureAsync(Scenario s)
    {
        await s.CreateScheduleAsync("create", 2, r =>
        {
            r.Schedule.Policies = new() { PauseOnFailure = true };
            r.Schedule.State = new() { LimitedActions = true, RemainingActions = 3 };
        });
        await s.AnswerAsync(await s.NextTaskAsync(), Do.Complete("result-1"));
        await s.AnswerAsync(await s.NextTaskAsync(), Do.Fail(Data.Failure("run failed", "F")));
        await s.LikeAsync(Described, "paused by a failure", s.ScheduleIsAsync(d => d.Schedule.State.Paused));
        await s.PatchScheduleAsync(new() { Unpause = "go on" });
        var third = await s.NextTaskAsync();
        await s.CaptureAsync("third", workflowId: third.WorkflowExecution.WorkflowId);
        await s.ScheduleIsAsync(d => d is { Info: { ActionCount: 3, FutureActionTimes.Count: 0 }, Schedule.State: { Paused: false, RemainingActions: 0 } });
        await s.DeleteScheduleAsync();
    }

    [Recording("sched-backfill")]
    public static async Task BackfillAsync(Scenario s)
    {
        static BackfillRequest From(DateTime from, DateTime to, ScheduleOverlapPolicy policy) =>
            new() { StartTime = Data.Instant(from), EndTime = Data.Instant(to), OverlapPolicy = policy };

        var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await s.CreateScheduleAsync("create", 3600, r =>
        {
            r.Schedule.State = new() { Paused = true, Notes = "paused from the start" };
            r.InitialPatch = new() { BackfillRequest = { From(day, day.AddHours(2), ScheduleOverlapPolicy.AllowAll) } };
        });
        await s.LikeAsync(Described, "after a backfill of 2 h, interval 1 h, both ends on a time", s.ScheduleIsAsync(d => d.Info.ActionCount == 3));
        await s.DeleteScheduleAsync();
    }

    [Recording("sched-overlap-Skip")]
    public static Task SkipAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.Skip, Do.Complete());

    [Recording("sched-overlap-BufferOne")]
    public static Task BufferOneAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.BufferOne, Do.Complete());

    [Recording("sched-overlap-BufferAll")]
    public static Task BufferAllAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.BufferAll, Do.Complete());

    [Recording("sched-overlap-CancelOther")]
    public static Task CancelOtherAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.CancelOther, Do.Cancel("canceled"));

    [Recording("sched-overlap-TerminateOther")]
    public static Task TerminateOtherAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.TerminateOther, null);

    [Recording("sched-overlap-AllowAll")]
    public static Task AllowAllAsync(Scenario s) => OverlapAsync(s, ScheduleOverlapPolicy.AllowAll, null);

    /// <summary>Every 2 s, four times; the first run stays open for 5 s.</summary>
    private static async Task OverlapAsync(Scenario s, ScheduleOverlapPolicy policy, Temporalio.Api.Command.V1.Command? end)
    {
        await s.CreateScheduleAsync("create", 2, r =>
        {
            r.Schedule.Policies = new() { OverlapPolicy = policy };
            r.Schedule.State = new() { LimitedActions = true, RemainingActions = 4 };
        });
        var first = await s.NextTaskAsync();
        if (end is { CommandType: CommandType.CancelWorkflowExecution }) { await s.AnswerAsync(first); }
        await s.ElapseAsync(5);
        await s.LikeAsync("schedule-overlap", $"{policy}: first still running", s.DescribeScheduleAsync());
        if (end is { CommandType: CommandType.CancelWorkflowExecution }) { first = await s.NextTaskAsync(); }
        if (end is not null) { await s.AnswerAsync(first, end); }
        await s.ElapseAsync(2);
        await s.LikeAsync("schedule-overlap", $"{policy}: later", s.DescribeScheduleAsync());
        await s.DeleteScheduleAsync();
    }
}
