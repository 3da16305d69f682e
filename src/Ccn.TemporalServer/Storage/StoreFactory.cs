using Ccn.TemporalServer.Hosting;
using Npgsql;

namespace Ccn.TemporalServer.Storage;

/// <summary>Chooses the store by the options, and says plainly why one cannot be opened.</summary>
internal static class StoreFactory
{
    private const int LongestSchemaName = 63;

    /// <summary>The store, not yet open.</summary>
    public static IStore Create(TemporalServerOptions options)
    {
        if (options.ConnectionString is null)
        {
            return new InMemoryStore();
        }

        if (options.Schema.Length is 0 or > LongestSchemaName || options.Schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new TemporalServerStartException($"'{options.Schema}' cannot be the name of a PostgreSQL schema.");
        }

        try
        {
            return new PostgresStore(options.ConnectionString, options.Schema, options.AsynchronousCommit);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new TemporalServerStartException($"The connection string is not one: {e.Message}", e);
        }
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="TemporalServerStartException">The database is out of reach, refuses us, or belongs to another server.</exception>
    public static async Task<StoreOpening> OpenAsync(IStore store, TemporalServerOptions options, CancellationToken cancel)
    {
        try
        {
            return await store.OpenAsync(cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException && !cancel.IsCancellationRequested)
        {
            var where = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            throw new TemporalServerStartException(
                $"The database '{where.Database}' on {where.Host}:{where.Port} cannot be used: {e.Message}", e);
        }
    }
}
