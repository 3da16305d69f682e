using Ccn.Testing;
using Npgsql;

namespace Ccn.TemporalServer.Tests.Storage;

/// <summary>The throw-away server that database tests of all projects rely on.</summary>
public sealed class PostgresServerTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_database_from_a_template_has_what_was_filled_in()
    {
        var fills = 0;
        async Task Fill(string connectionString)
        {
            fills++;
            await ExecuteAsync(connectionString, "CREATE TABLE t AS SELECT 42 AS answer");
        }

        await Task.WhenAll(server.EnsureTemplateAsync("filled", Fill), server.EnsureTemplateAsync("filled", Fill));
        var first = await server.CreateDatabaseAsync(null, "filled");
        var second = await server.CreateDatabaseAsync(null, "filled");
        await ExecuteAsync(first, "UPDATE t SET answer = 43");

        Assert.Equal(1, fills);
        Assert.Equal(43, await ExecuteAsync(first, "SELECT answer FROM t"));
        Assert.Equal(42, await ExecuteAsync(second, "SELECT answer FROM t"));
    }

    [Fact]
    public async Task A_dropped_database_is_gone_although_a_connection_was_pooled()
    {
        var connectionString = await server.CreateDatabaseAsync("short_lived");
        await ExecuteAsync(connectionString, "SELECT 1");

        await server.DropDatabaseAsync(connectionString);

        Assert.Equal(0L, await ExecuteAsync(server.ConnectionString, "SELECT count(*) FROM pg_database WHERE datname = 'short_lived'"));
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
