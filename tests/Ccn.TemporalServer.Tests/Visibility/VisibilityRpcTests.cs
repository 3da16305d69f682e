using Ccn.TemporalServer.Hosting;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Visibility;

/// <summary>Lists and counts as clients get them: five deposits that no worker takes up, the second of them terminated.</summary>
public sealed class VisibilityRpcTests : IAsyncLifetime
{
    private static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("CcnStage");
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            SearchAttributes = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal) { [Stage.Name] = IndexedValueType.Keyword },
        });
        client = await TemporalClient.ConnectAsync(new(server.Address));
        for (var i = 1; i <= 5; i++)
        {
            await client.StartWorkflowAsync("Deposit", [], new($"deposit/{i}", "nobody")
            {
                TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Stage, i < 4 ? "voting" : "bidding").ToSearchAttributeCollection(),
            });
        }

        await client.GetWorkflowHandle("deposit/2").TerminateAsync();
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_list_goes_on_page_by_page_to_its_end()
    {
        var seen = new List<string>();
        var token = ByteString.Empty;
        do
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", PageSize = 2, NextPageToken = token });
            seen.AddRange(page.Executions.Select(e => e.Execution.WorkflowId));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);

        Assert.Equal(["deposit/5", "deposit/4", "deposit/3", "deposit/1", "deposit/2"], seen);
    }

    [Fact]
    public async Task Custom_attributes_and_statuses_select_what_was_just_written()
    {
        var voting = await IdsAsync("CcnStage = 'voting' AND ExecutionStatus IN ('Running', 'Failed')");
        var ended = await IdsAsync("ExecutionStatus = 'Terminated' AND CcnStage = 'voting'");

        Assert.Equal(["deposit/3", "deposit/1"], voting);
        Assert.Equal(["deposit/2"], ended);
    }

    [Fact]
    public async Task A_count_is_grouped_by_status()
    {
        var count = await client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = "WorkflowType = 'Deposit' GROUP BY ExecutionStatus" });

        Assert.Equal(5, count.Count);
        Assert.Equal([("\"Running\"", 4L), ("\"Terminated\"", 1L)], count.Groups.Select(g => (Assert.Single(g.GroupValues).Data.ToStringUtf8(), g.Count)));
        Assert.Equal("Keyword", count.Groups[0].GroupValues[0].Metadata["type"].ToStringUtf8());
    }

    [Fact]
    public async Task Schedules_are_counted_where_a_query_names_their_division_and_nowhere_else()
    {
        foreach (var id in new[] { "daily", "weekly" }) { await client.CreateScheduleAsync(id, new(ScheduleActionStartWorkflow.Create("Any", [], new("run", "nobody")), new())); }

        var schedules = await client.CountWorkflowsAsync("TemporalNamespaceDivision = \"TemporalScheduler\" AND ExecutionStatus = \"Running\"");
        var one = await client.CountWorkflowsAsync("TemporalNamespaceDivision = 'TemporalScheduler' AND WorkflowId = 'temporal-sys-scheduler:daily' GROUP BY ExecutionStatus");
        var runs = await client.CountWorkflowsAsync("");

        Assert.Equal((2, 1, 5), (schedules.Count, one.Count, runs.Count));
        Assert.Equal(1, Assert.Single(one.Groups).Count);
    }

    [Fact]
    public async Task A_closed_run_shows_what_an_open_one_does_not()
    {
        var page = await client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default" });
        var open = page.Executions.Single(e => e.Execution.WorkflowId == "deposit/1");
        var closed = page.Executions.Single(e => e.Execution.WorkflowId == "deposit/2");

        Assert.Equal((null, 0, null), (open.CloseTime, open.HistoryLength, open.ExecutionDuration));
        Assert.NotNull(closed.CloseTime);
        Assert.Equal(3, closed.HistoryLength);
        Assert.Equal(closed.CloseTime - closed.ExecutionTime, closed.ExecutionDuration);
        Assert.Equal("deposit/2", closed.RootExecution.WorkflowId);
        Assert.NotNull(open.Memo);
    }

    [Fact]
    public async Task The_old_lists_of_open_and_closed_runs_take_their_filters()
    {
        var open = await client.WorkflowService.ListOpenWorkflowExecutionsAsync(new() { Namespace = "default", ExecutionFilter = new() { WorkflowId = "deposit/3" } });
        var closed = await client.WorkflowService.ListClosedWorkflowExecutionsAsync(new() { Namespace = "default", TypeFilter = new() { Name = "Deposit" } });
        var failed = await client.WorkflowService.ListClosedWorkflowExecutionsAsync(new ListClosedWorkflowExecutionsRequest
        {
            Namespace = "default",
            StatusFilter = new() { Status = WorkflowExecutionStatus.Failed },
        });

        Assert.Equal("deposit/3", Assert.Single(open.Executions).Execution.WorkflowId);
        Assert.Equal("deposit/2", Assert.Single(closed.Executions).Execution.WorkflowId);
        Assert.Empty(failed.Executions);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    public async Task A_token_of_somebody_else_is_refused(string token)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.ListWorkflowExecutionsAsync(
            new() { Namespace = "default", NextPageToken = ByteString.CopyFromUtf8(token) }));

        Assert.Equal((RpcException.StatusCode.InvalidArgument, "Invalid NextPageToken."), (e.Code, e.Message));
    }

    [Fact]
    public async Task A_deeply_nested_query_is_refused_and_the_server_lives()
    {
        var query = new string('(', 50_000) + "WorkflowId = 'x'" + new string(')', 50_000);

        var e = await Assert.ThrowsAsync<RpcException>(() => client.CountWorkflowsAsync(query));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, e.Code);
        Assert.Equal(5, (await client.CountWorkflowsAsync("")).Count);
    }

    private async Task<List<string>> IdsAsync(string query) => await client.ListWorkflowsAsync(query).Select(w => w.Id).ToListAsync(TestContext.Current.CancellationToken);
}
