using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data;

/// <summary>How the context talks to PostgreSQL; the same for the application, migrations and tests.</summary>
public static class CcnOptions
{
    /// <summary>Options for a connection string, where no container is at hand.</summary>
    public static DbContextOptions<CcnDbContext> For(string connectionString)
    {
        var options = new DbContextOptionsBuilder<CcnDbContext>();
        options.UseNpgsql(connectionString, npgsql => npgsql.SetPostgresVersion(15, 0)).UseSnakeCaseNamingConvention();
        return options.Options;
    }

    /// <summary>Sets the options for the application's own data source.</summary>
    internal static void Use(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, npgsql => npgsql.SetPostgresVersion(15, 0)).UseSnakeCaseNamingConvention();
}
