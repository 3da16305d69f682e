using Ccn.Data.Contests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ccn.Data;

/// <summary>Registers the database.</summary>
public static class DataServices
{
    /// <summary>
    /// Adds <see cref="CcnDbContext"/> (scoped, pooled, and through <see cref="IDbContextFactory{TContext}"/>), the
    /// <see cref="NpgsqlDataSource"/> behind it and the ballot box. The connection string is the application's, as
    /// <see cref="DatabaseSetup.MigrateAsync"/> returned it: it cannot change the ledger's past.
    /// </summary>
    public static IServiceCollection AddCcnData(this IServiceCollection services, string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);

        // Near enough that "medow" finds Meadow; the default wants words of three quarters alike.
        connection.Options = $"{connection.Options} -c pg_trgm.word_similarity_threshold=0.4".Trim();
        if (connection.MaxAutoPrepare == 0) { connection.MaxAutoPrepare = 100; }   // the same few hundred statements, over and over

        services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        services.AddPooledDbContextFactory<CcnDbContext>((provider, options) => CcnOptions.Use(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CcnDbContext>>().CreateDbContext());
        services.AddSingleton<BallotBox>();
        return services;
    }
}
