namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Updates whose run ends, or whose worker fails, before they are answered.</summary>
internal static class UpdateCloseScenarios
{
    [Recording("update-accepted-run-closes")]
    public static async Task AcceptedRunClosesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        var accept = Scenario.Accept(task, "u1");
        await s.AnswerAsync(task, Scenario.Messages(accept), Do.Place(accept), Do.Complete());
        await s.LikeAsync("update-workflow", "accepted, then the run completed", update);
        await s.LikeAsync("update-workflow", "same id again after the close", s.UpdateAsync("u1"));
    }

    [Recording("update-accepted-run-continues-as-new")]
    public static async Task AcceptedRunContinuesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        var accept = Scenario.Accept(task, "u1");
        await s.AnswerAsync(task, Scenario.Messages(accept), Do.Place(accept), s.ContinueAsNew());
        await s.LikeAsync("update-workflow", "accepted, then the run continued as new", update);
    }

    [Recording("update-admitted-run-completes")]
    public static async Task AdmittedRunCompletesAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        var update = await s.AdmitAsync("u1");
        await s.AnswerAsync(task, Do.Complete("x"));
        await s.LikeAsync("update-workflow", "came while the closing task was started", update);
    }

    [Recording("update-admitted-run-continues-as-new")]
    public static async Task AdmittedRunContinuesAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        var update = await s.AdmitAsync("u1");
        await s.AnswerAsync(task, s.ContinueAsNew());
        await s.LikeAsync("update-workflow", "came while the task that continues as new was started", update);
    }

    [Recording("update-admitted-run-terminates")]
    public static async Task AdmittedRunTerminatesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.CaptureAsync("admitted", differsBefore132: true);
        await s.TerminateAsync();
        await s.LikeAsync("update-workflow", "admitted, then the run was terminated", update);
    }

    [Recording("update-sent-run-terminates")]
    public static async Task SentRunTerminatesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.NextTaskAsync();
        await s.TerminateAsync();
        await s.LikeAsync("update-workflow", "sent to the worker, then the run was terminated", update);
    }

    [Recording("update-attempt-3-not-ready")]
    public static async Task NotReadyAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(3);
        await s.LikeAsync("update-workflow", "workflow task attempt 3 or more", s.UpdateAsync("u1"));
        await s.LikeAsync("query-workflow", "workflow task attempt 3 or more", s.QueryAsync("q"));
        await s.LikeAsync("describe-workflow-task-attempt-4", "pending task attempt 4", s.DescribeAsync());
        await s.TerminateAsync();
    }
}
