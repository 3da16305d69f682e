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
        if (connection.MaxAutoPrepare == 0) { connection.MaxAutoPrepare = 100; }   // the same few hundred statements, over and over

        services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
        services.AddPooledDbContextFactory<CcnDbContext>((provider, options) => CcnOptions.Use(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CcnDbContext>>().CreateDbContext());
        services.AddSingleton<BallotBox>();
        return services;
    }
}
