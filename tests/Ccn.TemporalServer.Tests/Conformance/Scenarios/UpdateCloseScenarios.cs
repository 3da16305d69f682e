using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Updates whose run ends, or whose worker fails, before they are answered.</summary>
internal static class UpdateCloseScenarios
{
    private const string Aborted = "workflow update was aborted by closing workflow";

    [Recording("update-accepted-run-closes")]
    public static async Task AcceptedRunClosesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        var task = await s.NextTaskAsync();
        var accept = Scenario.Accept(task, "u1");
        await s.AnswerAsync(task, Scenario.Messages(accept), Do.Place(accept), Do.Complete());
        Assert.Equal("AcceptedUpdateCompletedWorkflow", (await update).Outcome.Failure.ApplicationFailureInfo.Type);
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
        Assert.Equal("AcceptedUpdateCompletedWorkflow", (await update).Outcome.Failure.ApplicationFailureInfo.Type);
    }

    [Recording("update-admitted-run-completes")]
    public static async Task AdmittedRunCompletesAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        var update = await s.AdmitAsync("u1");
        await s.AnswerAsync(task, Do.Complete("x"));
        await Scenario.RefusedAsync(update, StatusCode.NotFound, Aborted);
    }

    [Recording("update-admitted-run-continues-as-new")]
    public static async Task AdmittedRunContinuesAsync(Scenario s)
    {
        await s.StartAsync();
        var task = await s.NextTaskAsync();
        var update = await s.AdmitAsync("u1");
        await s.AnswerAsync(task, s.ContinueAsNew());
        await Scenario.RefusedAsync(update, StatusCode.ResourceExhausted, "workflow operation can not be applied because workflow is closing");
    }

    [Recording("update-admitted-run-terminates")]
    public static async Task AdmittedRunTerminatesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.CaptureAsync("admitted", differsBefore132: true);
        await s.TerminateAsync();
        await Scenario.RefusedAsync(update, StatusCode.NotFound, Aborted);
    }

    [Recording("update-sent-run-terminates")]
    public static async Task SentRunTerminatesAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TurnAsync();
        var update = await s.AdmitAsync("u1");
        await s.NextTaskAsync();
        await s.TerminateAsync();
        await Scenario.RefusedAsync(update, StatusCode.NotFound, Aborted);
    }

    [Recording("update-attempt-3-not-ready")]
    public static async Task NotReadyAsync(Scenario s)
    {
        await s.StartAsync();
        await s.FailTasksAsync(2);
        await Scenario.RefusedAsync(
            await s.AdmitAsync("u1"),
            StatusCode.FailedPrecondition,
            "Unable to perform workflow execution update due to Workflow Task in failed state.");
        await s.TerminateAsync();
    }
}
