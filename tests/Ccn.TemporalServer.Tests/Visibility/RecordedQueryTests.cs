using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;

namespace Ccn.TemporalServer.Tests.Visibility;

/// <summary>Both stores answer every recorded query as the real server did: the same runs in the same order, or the same refusal.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RecordedQueryTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_store_in_memory_answers_every_recorded_query_as_the_real_server()
    {
        await using var store = new InMemoryStore();
        await RecordedQueries.FillAsync(store, Cancel);

        Assert.Equal("", string.Join("\n", await RecordedQueries.DifferencesAsync(store, Cancel)));
    }

    [Fact]
    public async Task The_store_in_PostgreSQL_answers_every_recorded_query_as_the_real_server()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using (var store = new PostgresStore(connectionString, "temporal", asynchronousCommit: false))
        {
            await store.OpenAsync(Cancel);
            await RecordedQueries.FillAsync(store, Cancel);

            Assert.Equal("", string.Join("\n", await RecordedQueries.DifferencesAsync(store, Cancel)));
        }

        await server.DropDatabaseAsync(connectionString);
    }

    [Theory]
    [InlineData("NOT (GKeyword = 'alpha' OR GInt > 2)", "order-2, pay-1")]
    [InlineData("NOT (GKeyword != 'alpha')", "order-1")]
    [InlineData("NOT GInt BETWEEN 1 AND 3", "pay-1, run-1")]
    [InlineData("GInt NOT IN (1, 2, 3)", "pay-1, run-1")]
    [InlineData("NOT (GKeyword IS NULL OR GKeyword STARTS_WITH 'al')", "order-2, order-3, pay-3, run-1, run-2")]
    [InlineData("GList NOT IN ('red', 'blue')", "")]
    [InlineData("NOT (GList = 'red')", "order-2")]
    [InlineData("NOT (GText = 'dog fox')", "")]
    [InlineData("GBool IN (true, false) AND GDouble BETWEEN 1 AND 2.5", "order-1, order-2")]
    [InlineData("GDatetime IN ('2026-02-01T00:00:00Z') OR GDatetime < 1767225600000000100", "order-1, order-2")]
    [InlineData("ExecutionTime > '2026-11-26T00:00:00Z'", "run-2")]
    [InlineData("GKeyword = 'x'' OR 1 = 1 --'", "")]
    [InlineData("GKeyword STARTS_WITH '%'", "")]
    [InlineData("`GKeyword` = 'it\\'s' or (GInt = -5.0)", "pay-1, pay-3")]
    public async Task Both_stores_agree_on_what_SQL_makes_of_missing_values_and_negations(string query, string workflowIds)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using (var durable = new PostgresStore(connectionString, "temporal", asynchronousCommit: false))
        {
            await using var memory = new InMemoryStore();
            await durable.OpenAsync(Cancel);
            foreach (var store in new IStore[] { memory, durable })
            {
                await RecordedQueries.FillAsync(store, Cancel);
                var page = await store.ListAsync(new("golden-vis", RecordedQueries.Bind(query).Filter), Cancel);
                Assert.Equal(workflowIds, string.Join(", ", page.Hits.Select(h => h.WorkflowId).Distinct().Order(StringComparer.Ordinal)));
            }
        }

        await server.DropDatabaseAsync(connectionString);
    }
}
