using Ccn.Data;
using Npgsql;
using Xunit;

namespace Ccn.Testing;

/// <summary>
/// A database of CCN's own for one test class: a copy of a template that is migrated once for the test process. Needs
/// <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>.
/// </summary>
public sealed class CcnDatabase(PostgresServer server) : IAsyncLifetime
{
    private const string Password = "of-a-throw-away-server";
    private NpgsqlDataSource? source;
    private string? owner;

    /// <summary>Connects as the owner of the schema, for what the application may not do.</summary>
    public string OwnerConnectionString => owner ?? throw new InvalidOperationException("The database is not there yet.");

    /// <summary>Connects as the application does.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Username = DatabaseSetup.ApplicationLogin, Password = Password }.ConnectionString;

    /// <summary>Connections of the application.</summary>
    public NpgsqlDataSource Source => source ??= NpgsqlDataSource.Create(ConnectionString);

    /// <summary>A new context of the application.</summary>
    public CcnDbContext Open() => new(CcnOptions.For(ConnectionString));

    /// <summary>A new context of the owner.</summary>
    public CcnDbContext OpenAsOwner() => new(CcnOptions.For(OwnerConnectionString));

    public async ValueTask InitializeAsync()
    {
        var template = await server.EnsureTemplateAsync("ccn_template", empty => DatabaseSetup.MigrateAsync(empty, Password));
        owner = await server.CreateDatabaseAsync(name: null, template);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null) { await source.DisposeAsync(); }

        if (owner is null) { return; }

        await using (var pooled = new NpgsqlConnection(ConnectionString)) { NpgsqlConnection.ClearPool(pooled); }

        await server.DropDatabaseAsync(owner);
    }
}
