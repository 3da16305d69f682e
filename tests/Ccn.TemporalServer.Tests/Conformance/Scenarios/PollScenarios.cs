namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>One run through many states: what polls give to a worker, and how the run describes itself.</summary>
internal static class PollScenarios
{
    private const string WorkflowTasks = "poll-workflow-task";
    private const string Activity = "describe-workflow-pending-activity";
    private const string Unlabelled = "DescribeWorkflowExecution";

    [Recording("ans-polls")]
    public static async Task PollsAsync(Scenario s)
    {
        await s.StartAsync(r => (r.Header, r.Priority) = (Data.HeaderOf("h", "header"), new() { PriorityKey = 2 }));
        var first = await s.LikeAsync(WorkflowTasks, "normal queue, first task", s.NextTaskAsync());
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.AnswerAsync(first!, s.Sticky(), s.Activity("1", a =>
        {
            a.Header = Data.HeaderOf("h", "header");
            a.ScheduleToCloseTimeout = Data.Seconds(100);
            a.HeartbeatTimeout = Data.Seconds(20);
            a.RetryPolicy = Data.Retry(0.2, 1, 1, 3);
        }));
        await ActivityAsync(s);
        var second = await s.LikeAsync(WorkflowTasks, "sticky queue", sticky);
        await s.LikeAsync("describe-workflow-task-started", Unlabelled, s.DescribeAsync());
        await s.LikeAsync("respond-workflow-task-completed", "no command, nothing new", s.AnswerAsync(second!));
        await s.LikeAsync("describe-workflow-idle", "no pending task", s.DescribeAsync());

        await s.SignalAsync("s");
        await s.LikeAsync("describe-workflow-task-scheduled", Unlabelled, s.DescribeAsync());
        await s.FailTasksAsync(2);
        await s.LikeAsync("describe-workflow-task-attempt-3", "scheduled", s.DescribeAsync());
        await s.LikeAsync(WorkflowTasks, "transient task, attempt 3", s.NextTaskAsync());
        await s.LikeAsync("describe-workflow-task-attempt-3", "started", s.DescribeAsync());
    }

    private static async Task ActivityAsync(Scenario s)
    {
        var first = await s.LikeAsync("poll-activity-task", "first attempt", s.NextActivityAsync());
        await s.LikeAsync("record-activity-task-heartbeat", "nothing requested", s.HeartbeatAsync(first!, "hb"));
        await s.LikeAsync(Activity, "started, with a heartbeat", s.DescribeAsync());
        await s.FailActivityAsync(first!, Data.Failure("first attempt failed", "A"));
        await s.LikeAsync(Activity, "in backoff", s.DescribeAsync());
        var second = await s.LikeAsync("poll-activity-task", "second attempt with heartbeat details", s.NextActivityAsync());
        await s.CompleteActivityAsync(second!, "x");
    }
}
