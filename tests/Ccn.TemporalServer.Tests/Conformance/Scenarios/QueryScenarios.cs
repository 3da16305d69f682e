using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>Queries, which leave no trace in a history.</summary>
internal static class QueryScenarios
{
    [Recording("query-nothing-written")]
    public static async Task NothingWrittenAsync(Scenario s)
    {
        await s.StartAsync();
        var sticky = s.NextTaskAsync(s.StickyQueue);
        await s.StickyTurnAsync();

        // Alone: a query task on the sticky queue, without events.
        var alone = s.QueryAsync("alone");
        var queryTask = await sticky;
        Assert.Equal("alone", queryTask.Query.QueryType);
        Assert.Equal(0, queryTask.StartedEventId);
        await s.AnswerQueryAsync(queryTask, "answer 1");
        Assert.Equal(Data.Jsons("answer 1"), (await alone).QueryResult);

        // Beside a task: it comes and is answered with the task.
        await s.SignalAsync("makes a task");
        var beside = s.QueryAsync("beside");
        await s.ElapseAsync(0.5);
        var task = await s.NextTaskAsync(s.StickyQueue);
        var (id, query) = Assert.Single(task.Queries);
        Assert.Equal("beside", query.QueryType);
        await s.AnswerAsync(task, r => r.QueryResults[id] = new WorkflowQueryResult { ResultType = QueryResultType.Answered, Answer = Data.Jsons("answer 2") });
        Assert.Equal(Data.Jsons("answer 2"), (await beside).QueryResult);

        await s.SignalAsync("makes another");
        await s.TurnAsync(Do.Complete());
        var closed = s.QueryAsync("closed");
        await s.AnswerQueryAsync(await s.NextTaskAsync(), "answer 3");
        Assert.Equal(Data.Jsons("answer 3"), (await closed).QueryResult);
    }
}
