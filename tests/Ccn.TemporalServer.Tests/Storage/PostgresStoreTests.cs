using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;
using Ccn.Testing;
using Npgsql;

namespace Ccn.TemporalServer.Tests.Storage;

/// <summary>One PostgreSQL server for all tests of the durable store.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

/// <summary>The durable store: the common contract, each test in a database of its own.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresServer server) : StoreContractTests
{
    private string connectionString = "";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DropDatabaseAsync(connectionString);
    }

    protected override async Task<object> CreateStoreAsync()
    {
        connectionString = await server.CreateDatabaseAsync();
        return Open();
    }

    protected override async Task<object> ReopenAsync(object closing)
    {
        await ((IStore)closing).DisposeAsync();
        return Open();
    }

    private PostgresStore Open() => new(connectionString, "temporal", asynchronousCommit: false);
}

/// <summary>What only a store has that outlives its process and may be wanted by two of them.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFencingTests(PostgresServer server) : IAsyncLifetime
{
    private string connectionString = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => connectionString = await server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(connectionString);

    [Fact]
    public async Task A_second_server_is_refused_while_the_first_one_lives_and_welcome_afterwards()
    {
        var first = Store();
        await first.OpenAsync(Cancel);
        await using var second = Store();

        var refused = await Assert.ThrowsAsync<TemporalServerStartException>(() => second.OpenAsync(Cancel));
        await first.DisposeAsync();
        var opening = await second.OpenAsync(Cancel);

        Assert.Contains("Another server works on schema 'temporal'", refused.Message);
        Assert.Equal(2, opening.Epoch);
    }

    [Fact]
    public async Task Two_schemas_of_one_database_are_two_servers()
    {
        await using var first = Store();
        await using var second = Store("Other \"one\"");
        await first.OpenAsync(Cancel);
        await second.OpenAsync(Cancel);
        await first.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);

        Assert.Null(await second.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel));
    }

    [Fact]
    public async Task A_server_that_lost_its_connection_cannot_commit_after_another_took_over()
    {
        await using var old = Store();
        await old.OpenAsync(Cancel);
        await old.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);
        await CutAsync();
        await using var successor = Store();
        await successor.OpenAsync(Cancel);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => old.CommitAsync([Runs.Started("deposit/2", "r2")], Cancel));
        await Assert.ThrowsAsync<StoreFencedException>(() => old.CommitAsync([Runs.Started("deposit/3", "r3")], Cancel));
        await Assert.ThrowsAsync<StoreFencedException>(() => old.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel));

        Assert.NotNull(await successor.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel));
        Assert.Null(await successor.LoadAsync(Runs.NamespaceId, "deposit/2", null, Cancel));
        Assert.Null(await successor.LoadAsync(Runs.NamespaceId, "deposit/3", null, Cancel));
    }

    [Fact]
    public async Task A_server_that_lost_its_lock_but_kept_its_connection_cannot_commit_either()
    {
        await using var old = Store();
        await old.OpenAsync(Cancel);
        await ExecuteAsync("UPDATE temporal.server_state SET epoch = epoch + 1");

        await Assert.ThrowsAsync<StoreFencedException>(() => old.CommitAsync([Runs.Started("deposit/2", "r2")], Cancel));
        await Assert.ThrowsAsync<StoreFencedException>(() => old.CommitAsync([new ClockWrite(TimeSpan.FromDays(1))], Cancel));

        Assert.Null(await old.LoadAsync(Runs.NamespaceId, "deposit/2", null, Cancel));
    }

    [Fact]
    public async Task After_a_cut_connection_the_same_server_goes_on()
    {
        await using var store = Store();
        await store.OpenAsync(Cancel);
        await CutAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel));
        await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);

        Assert.NotNull(await store.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel));
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_left_alone()
    {
        await using (var store = Store())
        {
            await store.OpenAsync(Cancel);
        }

        await ExecuteAsync("UPDATE temporal.server_state SET schema_version = 99");
        await using var older = Store();

        var e = await Assert.ThrowsAsync<TemporalServerStartException>(() => older.OpenAsync(Cancel));

        Assert.Contains("version 99", e.Message);
    }

    [Fact]
    public async Task Opening_a_finished_schema_again_changes_nothing_in_it()
    {
        await using (var store = Store())
        {
            await store.OpenAsync(Cancel);
            await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);
        }

        await using var again = Store();
        await again.OpenAsync(Cancel);

        Assert.Equal(["r1"], await again.LoadOpenAsync(Cancel).Select(e => e.RunId).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData(false, "on")]
    [InlineData(true, "off")]
    public async Task Asynchronous_commit_is_a_setting_of_the_writing_connection(bool asynchronous, string expected)
    {
        await ExecuteAsync("CREATE TABLE seen (setting text)");
        await using var store = new PostgresStore(connectionString, "temporal", asynchronous);
        await store.OpenAsync(Cancel);
        await ExecuteAsync("""
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO public.seen VALUES (current_setting('synchronous_commit')); RETURN new; END $$;
            CREATE TRIGGER noted BEFORE INSERT ON temporal.execution FOR EACH ROW EXECUTE FUNCTION note();
            """);

        await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);

        Assert.Equal(expected, await ExecuteAsync("SELECT setting FROM seen"));
    }

    private PostgresStore Store(string schema = "temporal") => new(connectionString, schema, asynchronousCommit: false);

    /// <summary>What a failing network does to the server's connections.</summary>
    private async Task CutAsync()
    {
        await ExecuteAsync("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'ccn-temporal' AND datname = current_database()");
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // texts of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }
}
