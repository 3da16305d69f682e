using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Queries, which leave no trace in a history.</summary>
internal static class QueryScenarios
{
    private const string Answers = "query-workflow";

    [Recording("query-nothing-written")]
    public static async Task NothingWrittenAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync();

        // Alone: a query task on the sticky queue, without events. Its failure is the caller's.
        var direct = s.QueryAsync("direct", seconds: Scenario.NoDeadline);
        var queryTask = await s.LikeAsync("poll-workflow-task-query-only", "sticky queue", sticky);
        await s.FailQueryAsync(queryTask!);
        await s.LikeAsync(Answers, "answered by a sticky query task", direct);

        // Beside a task: it comes and is answered with the task.
        await s.SignalAsync("makes a task");
        var attached = s.QueryAsync("attached");
        await AnswerAttachedAsync(s, s.StickyQueue, new() { ResultType = QueryResultType.Answered, Answer = Data.Jsons("attached-out") });
        await s.LikeAsync(Answers, "answered in a workflow task", attached);

        await s.SignalAsync("makes another");
        var failing = s.QueryAsync("attached");
        await AnswerAttachedAsync(
            s,
            s.Queue,
            new() { ResultType = QueryResultType.Failed, ErrorMessage = "query failed message", Failure = Data.Failure("query failed", "Q") },
            Do.Complete());
        await s.LikeAsync(Answers, "failed in a workflow task", failing);

        var closed = s.QueryAsync("closed", seconds: Scenario.NoDeadline);
        await s.AnswerQueryAsync(await s.NextTaskAsync(), "q-out");
        await s.LikeAsync(Answers, "closed run", closed);
        await s.LikeAsync(Answers, "completed run, reject condition NotOpen", s.QueryAsync("x", QueryRejectCondition.NotOpen));
    }

    [Recording("query-closed-before-first-task")]
    public static async Task ClosedBeforeFirstTaskAsync(Scenario s)
    {
        await s.StartAsync();
        await s.TerminateAsync();
        await s.LikeAsync(Answers, "closed before any workflow task", s.QueryAsync("x"));
        await s.LikeAsync(Answers, "terminated run, reject condition NotCompletedCleanly", s.QueryAsync("x", QueryRejectCondition.NotCompletedCleanly));
    }

    /// <summary>Answers a task that must bring one query; the query may come a moment after the signal that made the task.</summary>
    private static async Task AnswerAttachedAsync(Scenario s, string queue, WorkflowQueryResult result, params Temporalio.Api.Command.V1.Command[] commands)
    {
        await s.ElapseAsync(0.5);
        PollWorkflowTaskQueueResponse task = await s.NextTaskAsync(queue);
        var (id, _) = Assert.Single(task.Queries);
        await s.AnswerAsync(task, request => request.QueryResults[id] = result, commands);
    }
}
