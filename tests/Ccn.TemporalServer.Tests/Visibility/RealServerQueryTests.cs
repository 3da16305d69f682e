using Ccn.TemporalServer.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Ccn.TemporalServer.Tests.Visibility;

/// <summary>
/// The same workflows and the same queries here and on a real development server, the program that CCN_TEMPORAL_BIN names: the same runs in
/// the same order, the same counts, the same codes of refusals.
/// </summary>
public sealed class RealServerQueryTests
{
    private static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("QStage");
    private static readonly SearchAttributeKey<long> Votes = SearchAttributeKey.CreateLong("QVotes");
    private static readonly SearchAttributeKey<double> Price = SearchAttributeKey.CreateDouble("QPrice");
    private static readonly SearchAttributeKey<bool> Open = SearchAttributeKey.CreateBool("QOpen");
    private static readonly SearchAttributeKey<DateTimeOffset> Until = SearchAttributeKey.CreateDateTimeOffset("QUntil");
    private static readonly SearchAttributeKey<string> Title = SearchAttributeKey.CreateText("QTitle");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Tags = SearchAttributeKey.CreateKeywordList("QTags");
    private static readonly SearchAttributeKey[] Keys = [Stage, Votes, Price, Open, Until, Title, Tags];

    /// <summary>Queries that the development server (1.29.1 on SQLite) answers otherwise than the model (1.32.1 on PostgreSQL), with the reason.</summary>
    private static readonly Dictionary<string, string> Differs = new(StringComparer.Ordinal)
    {
        ["QVotes = '2'"] = "1.29.1 compares loosely",
        ["QStage = 5"] = "1.29.1 compares loosely",
        ["QOpen = 1"] = "1.29.1 compares loosely",
        ["QOpen = 'true'"] = "1.29.1 compares loosely",
        ["QStage STARTS_WITH 'VOT'"] = "SQLite's prefix does not tell cases apart",
        ["QTitle = 'TEAPOT'"] = "SQLite's text search does not tell cases apart",
        ["QTags != 'red'"] = "1.29.1 on SQLite: missing values are different from every value",
        ["QTags NOT IN ('red', 'blue')"] = "1.29.1 on SQLite: missing values are different from every value",
        ["QTitle != 'teapot'"] = "1.29.1 on SQLite: missing values are different from every value",
        ["CloseTime > '2020-01-01T00:00:00Z'"] = "SQLite keeps a far close time for open runs",
        ["QUntil = '2026-02-01T00:00:00Z'"] = "SQLite compares the texts of instants",
        ["GROUP BY ExecutionStatus"] = "1.29.1 refuses the clause in lists",
    };

    private static readonly string[] Queries =
    [
        "", "WorkflowId = 'q/1'", "`WorkflowId` = \"q/2\"", "WorkflowId != 'q/1'", "WorkflowId <> 'q/3'", "WorkflowId IN ('q/1', 'q/4')", "WorkflowId NOT IN ('q/1', 'q/4')",
        "WorkflowId BETWEEN 'q/2' AND 'q/4'", "WorkflowId NOT BETWEEN 'q/2' AND 'q/4'", "WorkflowId STARTS_WITH 'q/'", "WorkflowId NOT STARTS_WITH 'q/'", "WorkflowId > 'q/3'", "WorkflowId <= 'q/3'",
        "WorkflowType = 'Design' AND QVotes > 1", "WorkflowType = 'Design' OR WorkflowType = 'Bid' AND QVotes > 1", "(WorkflowType = 'Design' OR WorkflowType = 'Bid') AND QVotes > 1",
        "NOT WorkflowType = 'Design'", "NOT (WorkflowType = 'Design' AND QVotes > 1)", "NOT NOT WorkflowType = 'Design'", "((((WorkflowType = 'Bid'))))",
        "WorkflowType = 'Design' AND (QStage = 'voting' OR (QStage = 'bidding' AND NOT (QVotes < 2)))", "WorkflowType = 'Design' && QVotes = 1", "workflowtype = 'Design'",
        "ExecutionStatus = 'Running'", "ExecutionStatus = 'Terminated'", "ExecutionStatus != 'Running'", "ExecutionStatus IN ('Running', 'Terminated')", "ExecutionStatus = 1",
        "ExecutionStatus = 'WORKFLOW_EXECUTION_STATUS_TERMINATED'", "ExecutionStatus = 'running'", "ExecutionStatus = 'Nope'", "ExecutionStatus IS NULL", "ExecutionStatus IS NOT NULL",
        "QStage = 'voting'", "QStage != 'voting'", "QStage IS NULL", "QStage IS NOT NULL", "QStage > 'bidding'", "QStage IN ('voting', 'bidding')", "QStage NOT IN ('voting')", "QStage STARTS_WITH 'vot'",
        "QStage BETWEEN 'a' AND 'c'", "QStage = 'it''s'", "QStage = \"it's\"", "QStage = NULL", "QStage = QStage", "QStage LIKE 'v%'", "QStage = voting", "QStage == 'voting'", "QStage IS 'voting'",
        "QVotes = 2", "QVotes != 2", "QVotes > 1 AND QVotes <= 3", "QVotes IN (1, 3)", "QVotes NOT IN (1, 3)", "QVotes BETWEEN 1 AND 2", "QVotes = -4", "QVotes < 0", "QVotes IS NULL", "QVotes = 1 + 1",
        "QPrice = 1.5", "QPrice > 1.5", "QPrice >= 1.5", "QPrice < 20", "QPrice BETWEEN 1 AND 2", "QPrice IS NULL", "QPrice = 20",
        "QOpen = true", "QOpen = FALSE", "QOpen != true", "QOpen IS NULL",
        "QUntil > '2026-01-15T00:00:00Z'", "QUntil < '2026-01-15T12:30:00.5+02:00'", "QUntil BETWEEN '2025-12-01T00:00:00Z' AND '2026-01-20T00:00:00Z'", "QUntil > 1768435200000000000",
        "QUntil = '2026-01-01'", "QUntil > 'yesterday'", "QUntil IS NULL",
        "QTitle = 'teapot'", "QTitle = 'teapot lamp'", "QTitle = 'tea'", "QTitle = ''", "QTitle IN ('teapot')", "QTitle STARTS_WITH 'red'", "QTitle > 'a'", "QTitle IS NULL", "QTitle BETWEEN 'a' AND 'b'",
        "QTags = 'red'", "QTags IN ('red', 'blue')", "QTags = 'red' AND QTags = 'blue'", "QTags IS NULL", "QTags IS NOT NULL", "QTags > 'a'", "QTags STARTS_WITH 'r'", "QTags BETWEEN 'a' AND 'z'",
        "StartTime > '2020-01-01T00:00:00Z'", "StartTime < '2020-01-01T00:00:00Z'", "StartTime > 1577836800000000000", "StartTime BETWEEN '2020-01-01T00:00:00Z' AND '2100-01-01T00:00:00Z'",
        "StartTime > '2020-01-01'", "ExecutionTime > '2020-01-01T00:00:00Z'", "CloseTime IS NULL", "CloseTime IS NOT NULL", "ExecutionDuration < '1h'", "ExecutionDuration > 3600000000000",
        "ExecutionDuration < '01:00:00'", "ExecutionDuration > '1 hour'", "HistoryLength = 3", "HistoryLength > 100", "StateTransitionCount > 0", "HistorySizeBytes > 0", "TaskQueue = 'nobody'", "TaskQueue != 'nobody'",
        "RunId = 'x'", "ParentWorkflowId IS NULL", "RootWorkflowId = 'q/1'", "TemporalNamespaceDivision = 'x'", "TemporalScheduledById IS NULL", "TemporalChangeVersion = 'x'", "BuildIds IS NULL",
        "Nope = 1", "QStage", "QStage =", "= 'x'", "(QStage = 'voting'", "QStage = 'voting')", "QStage = 'voting' AND", "QStage = 'voting' XOR QVotes = 1", "'voting' = QStage", "1 = 1", "QStage IN ()",
        "QStage = 'voting'; DROP TABLE x", "EXISTS (SELECT 1)", "ORDER BY StartTime", "ORDER BY StartTime DESC, QVotes", "QStage = 'voting' ORDER BY QVotes", "ORDER BY QTitle", "ORDER BY Nope", "LIMIT 1", "QStage = 'voting' LIMIT 1",
    ];

    private static readonly string[] Counts =
    [
        "", "WorkflowType = 'Design'", "GROUP BY ExecutionStatus", "WorkflowType = 'Design' GROUP BY ExecutionStatus", "WorkflowType = 'None' GROUP BY ExecutionStatus",
        "GROUP BY WorkflowType", "GROUP BY QStage", "GROUP BY ExecutionStatus, WorkflowType", "GROUP BY Nope", "ORDER BY StartTime", "QVotes >", "GROUP BY",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_is_answered_as_on_the_real_server()
    {
        var folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");
        Assert.SkipWhen(folder is null, Ccn.Testing.RealTemporalFixture.WhyNone);
        await using var real = await WorkflowEnvironment.StartLocalAsync(new()
        {
            SearchAttributes = Keys,
            DevServerOptions = new() { ExistingPath = Path.Combine(folder, "temporal"), ExtraArgs = ["--dynamic-config-value", "frontend.namespaceRPS.visibility=10000"] },
        });
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { SearchAttributes = Keys.ToDictionary(k => k.Name, k => k.ValueType, StringComparer.Ordinal) }, Cancel);
        var ours = await TemporalClient.ConnectAsync(new(server.Address));
        foreach (var client in new[] { real.Client, ours })
        {
            await FillAsync(client);
        }

        var different = new List<string>();
        foreach (var query in Queries.Concat(Differs.Keys))
        {
            var (theirs, mine) = (await ListAsync(real.Client, query), await ListAsync(ours, query));
            if ((theirs != mine) != Differs.ContainsKey(query))
            {
                different.Add($"list {query}\n    there {theirs}\n    here  {mine}");
            }
        }

        foreach (var query in Counts)
        {
            var (theirs, mine) = (await CountAsync(real.Client, query), await CountAsync(ours, query));
            if (theirs != mine)
            {
                different.Add($"count {query}\n    there {theirs}\n    here  {mine}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    private static async Task FillAsync(ITemporalClient client)
    {
        await StartAsync(client, 1, "Design", b => b.Set(Stage, "voting").Set(Votes, 1).Set(Price, 1.5).Set(Open, true).Set(Title, "red teapot").Set(Tags, ["red", "blue"]));
        await StartAsync(client, 2, "Design", b => b.Set(Stage, "bidding").Set(Votes, 2).Set(Price, 20).Set(Open, false).Set(Until, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Set(Tags, ["blue"]));
        await StartAsync(client, 3, "Bid", b => b.Set(Stage, "it's").Set(Votes, 3).Set(Until, new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)).Set(Title, "lamp for the table"));
        await StartAsync(client, 4, "Bid", b => b.Set(Votes, -4).Set(Price, -0.5));
        await StartAsync(client, 5, "Design", b => b.Set(Stage, "voting").Set(Tags, ["green"]));
        foreach (var ended in new[] { "q/2", "q/5" })
        {
            await client.GetWorkflowHandle(ended).TerminateAsync();
        }

        // A real server lists what it was told a little later.
        while (await ListAsync(client, "") != "q/4, q/3, q/1, q/5, q/2") { await Task.Delay(50, Cancel); }
    }

    private static Task<WorkflowHandle> StartAsync(ITemporalClient client, int number, string type, Func<SearchAttributeCollection.Builder, SearchAttributeCollection.Builder> attributes) =>
        client.StartWorkflowAsync(type, [], new($"q/{number}", "nobody") { TypedSearchAttributes = attributes(new()).ToSearchAttributeCollection() });

    private static async Task<string> ListAsync(ITemporalClient client, string query)
    {
        try
        {
            var page = await client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = query });
            return string.Join(", ", page.Executions.Select(e => e.Execution.WorkflowId));
        }
        catch (RpcException e)
        {
            return e.Code.ToString();
        }
    }

    private static async Task<string> CountAsync(ITemporalClient client, string query)
    {
        try
        {
            var count = await client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = query });
            return string.Join("; ", count.Groups.Select(g => $"{g.GroupValues[0].Data.ToStringUtf8()}={g.Count}").Order(StringComparer.Ordinal).Prepend($"{count.Count}"));
        }
        catch (RpcException e)
        {
            return e.Code.ToString();
        }
    }
}
