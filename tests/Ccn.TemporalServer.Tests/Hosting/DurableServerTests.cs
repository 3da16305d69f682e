using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.TestService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>The server on PostgreSQL: what outlives it, and that it never shares its database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DurableServerTests(PostgresServer postgres) : IAsyncLifetime
{
    private string connectionString = "";

    public async ValueTask InitializeAsync() => connectionString = await postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await postgres.DropDatabaseAsync(connectionString);

    [Fact]
    public async Task Runs_and_the_clock_go_on_where_the_server_before_left_them()
    {
        TimeSpan offset;
        string runId;
        await using (var first = await StartAsync())
        {
            var client = await TemporalClient.ConnectAsync(new(first.Address));

            // Before the run is started: a task that waits for a worker holds time at its real pace.
            await SleepAsync(client, TimeSpan.FromDays(7));
            var handle = await client.StartWorkflowAsync("Deposit", [], new("deposit/1", "nobody"));
            runId = handle.ResultRunId!;
            await client.WorkflowService.RegisterNamespaceAsync(
                new() { Namespace = "later", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });
            offset = first.Clock.Offset;
        }

        await using var second = await StartAsync();
        var again = await TemporalClient.ConnectAsync(new(second.Address));
        var described = await again.GetWorkflowHandle("deposit/1").DescribeAsync();

        Assert.InRange(offset, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7.1));
        Assert.Equal(offset, second.Clock.Offset);
        Assert.Equal((runId, WorkflowExecutionStatus.Running), (described.RunId, described.Status));
        Assert.Equal(2, (await again.WorkflowService.ListNamespacesAsync(new())).Namespaces.Count);
    }

    [Theory]
    [InlineData(ScheduleOverlapPolicy.AllowAll, "24h", 5, 0, 0)]
    [InlineData(ScheduleOverlapPolicy.BufferAll, "24h", 1, 4, 0)]
    [InlineData(ScheduleOverlapPolicy.AllowAll, "3h", 3, 0, 2)]
    public async Task A_schedule_makes_up_for_what_fell_due_while_the_server_was_down(ScheduleOverlapPolicy overlap, string window, int made, int waiting, int missed)
    {
        Assert.True(GoDuration.TryParse(window, out var nanoseconds));
        await using (var first = await StartAsync())
        {
            var client = await TemporalClient.ConnectAsync(new(first.Address));
            await client.WorkflowService.CreateScheduleAsync(new()
            {
                Namespace = "default",
                ScheduleId = "hourly",
                RequestId = "create",
                Schedule = new()
                {
                    Spec = new() { Interval = { new IntervalSpec { Interval = Duration.FromTimeSpan(TimeSpan.FromHours(1)) } } },
                    Action = new() { StartWorkflow = new() { WorkflowId = "hour", WorkflowType = new() { Name = "Hour" }, TaskQueue = new() { Name = "nobody" } } },
                    Policies = new() { OverlapPolicy = overlap, CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromTicks(nanoseconds / 100)) },
                },
            });
        }

        await using var second = await EmbeddedTemporalServer.StartAsync(
            new() { ConnectionString = connectionString, Clock = new(offset: TimeSpan.FromHours(5), initialLocks: 1) });
        var again = await TemporalClient.ConnectAsync(new(second.Address));
        Temporalio.Api.Schedule.V1.ScheduleInfo info;
        var until = DateTime.UtcNow.AddSeconds(30);
        do
        {
            info = (await again.WorkflowService.DescribeScheduleAsync(new() { Namespace = "default", ScheduleId = "hourly" })).Info;
        }
        while (info.ActionCount < made && DateTime.UtcNow < until);

        Assert.Equal((made, waiting, missed), (info.ActionCount, info.BufferSize, info.MissedCatchupWindow));
        Assert.Equal(made, (await again.CountWorkflowsAsync("TemporalScheduledById = 'hourly'")).Count);
    }

    [Fact]
    public async Task Triggers_within_one_second_are_two_runs()
    {
        await using var server = await StartAsync();
        var client = await TemporalClient.ConnectAsync(new(server.Address));
        var schedule = await client.CreateScheduleAsync("manual", new(ScheduleActionStartWorkflow.Create("Any", [], new("run", "nobody")), new()));
        for (var i = 0; i < 3; i++)
        {
            await schedule.TriggerAsync(new() { Overlap = ScheduleOverlapPolicy.AllowAll });
        }

        Assert.Equal(3, (await schedule.DescribeAsync()).Info.NumActions);
        Assert.Equal(3, (await client.CountWorkflowsAsync("TemporalScheduledById = 'manual'")).Count);
    }

    [Fact]
    public async Task A_second_server_on_the_same_database_does_not_start()
    {
        await using var first = await StartAsync();

        var e = await Assert.ThrowsAsync<TemporalServerStartException>(StartAsync);

        Assert.Contains("Another server works on schema 'temporal'", e.Message);
    }

    [Fact]
    public async Task A_server_whose_database_was_taken_over_answers_unavailable_and_says_so()
    {
        await using var server = await StartAsync();
        var client = await TemporalClient.ConnectAsync(new(server.Address));
        await using (var source = NpgsqlDataSource.Create(connectionString))
        await using (var takeOver = source.CreateCommand("UPDATE temporal.server_state SET epoch = epoch + 1"))
        {
            await takeOver.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var e = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.RegisterNamespaceAsync(
            new() { Namespace = "late", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }));

        Assert.Equal(RpcException.StatusCode.Unavailable, e.Code);
        await Assert.ThrowsAsync<StoreFencedException>(() => server.Completion);
        Assert.False(await client.Connection.CheckHealthAsync());
    }

    [Fact]
    public async Task A_deleted_namespace_is_gone_at_the_next_start_and_nothing_of_it_is_left()
    {
        string doomed;
        await using (var first = await StartAsync())
        {
            var client = await TemporalClient.ConnectAsync(new(first.Address));
            doomed = await FillAsync(client, "doomed");
            await FillAsync(client, "kept");
            await client.OperatorService.DeleteNamespaceAsync(new() { Namespace = "doomed" });
            await UntilNothingIsLeftOfAsync(doomed);
        }

        await using var second = await StartAsync();
        var again = await TemporalClient.ConnectAsync(new(second.Address));
        Assert.Equal(["default", "kept"], (await again.WorkflowService.ListNamespacesAsync(new())).Namespaces.Select(n => n.NamespaceInfo.Name));
        Assert.Equal(1, (await new TemporalClient(again.Connection, new() { Namespace = "kept" }).CountWorkflowsAsync("Stage = 'x'")).Count);
    }

    [Fact]
    public async Task What_was_left_of_a_deleted_namespace_when_the_server_stopped_is_removed_at_the_next_start()
    {
        string doomed;
        await using (var first = await StartAsync()) { doomed = await FillAsync(await TemporalClient.ConnectAsync(new(first.Address)), "doomed"); }

        // As the deletion leaves it when it has answered.
        await using (var source = NpgsqlDataSource.Create(connectionString))
        {
            await using var read = source.CreateCommand("SELECT body FROM temporal.namespace WHERE name = 'doomed'");
            var ns = DescribeNamespaceResponse.Parser.ParseFrom((byte[])(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
            (ns.NamespaceInfo.State, ns.NamespaceInfo.Name) = (NamespaceState.Deleted, "doomed-deleted-" + doomed[..5]);
            await using var write = source.CreateCommand("UPDATE temporal.namespace SET name = $1, body = $2 WHERE id = $3");
            foreach (object value in new object[] { ns.NamespaceInfo.Name, ns.ToByteArray(), doomed }) { write.Parameters.AddWithValue(value); }

            await write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var second = await StartAsync();
        await UntilNothingIsLeftOfAsync(doomed);
    }

    /// <summary>A namespace with a closed and an open run, a schedule and a search attribute; gives its id.</summary>
    private static async Task<string> FillAsync(TemporalClient client, string name)
    {
        await client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = name, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });
        await client.OperatorService.AddSearchAttributesAsync(new() { Namespace = name, SearchAttributes = { ["Stage"] = IndexedValueType.Keyword } });
        var inside = new TemporalClient(client.Connection, new() { Namespace = name });
        await (await inside.StartWorkflowAsync("Any", [], new("closed", "nobody"))).TerminateAsync();
        await inside.StartWorkflowAsync("Any", [], new("open", "nobody") { TypedSearchAttributes = new Temporalio.Common.SearchAttributeCollection.Builder().Set(Temporalio.Common.SearchAttributeKey.CreateKeyword("Stage"), "x").ToSearchAttributeCollection() });
        await inside.CreateScheduleAsync("manual", new(ScheduleActionStartWorkflow.Create("Any", [], new("run", "nobody")), new()));
        return (await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = name })).NamespaceInfo.Id;
    }

    private async Task UntilNothingIsLeftOfAsync(string namespaceId)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var count = source.CreateCommand("""
            SELECT (SELECT count(*) FROM temporal.execution WHERE namespace_id = $1) + (SELECT count(*) FROM temporal.history WHERE namespace_id = $1)
                + (SELECT count(*) FROM temporal.schedule WHERE namespace_id = $1) + (SELECT count(*) FROM temporal.search_attribute WHERE namespace_id = $1)
                + (SELECT count(*) FROM temporal.namespace WHERE id = $1)
            """);
        count.Parameters.AddWithValue(namespaceId);
        while ((long)(await count.ExecuteScalarAsync(patience.Token))! > 0) { await Task.Delay(20, patience.Token); }
    }

    private Task<EmbeddedTemporalServer> StartAsync() => EmbeddedTemporalServer.StartAsync(new() { ConnectionString = connectionString, TimeSkipping = true });

    private static Task<SleepResponse> SleepAsync(TemporalClient client, TimeSpan duration) =>
        client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(duration) });
}
