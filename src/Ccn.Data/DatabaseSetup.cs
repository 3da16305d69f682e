using Ccn.Data.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data;

/// <summary>Brings a database up to date and gives the application a login that can do less than its owner.</summary>
public static class DatabaseSetup
{
    /// <summary>Group role with the application's rights; made by the migrations.</summary>
    public const string ApplicationRole = "ccn_app";

    /// <summary>Login the application runs under: a member of <see cref="ApplicationRole"/> and of nothing else.</summary>
    public const string ApplicationLogin = "ccn_app_login";

    /// <summary>Applies missing migrations as the owner and sets the application login's password.</summary>
    /// <param name="ownerConnectionString">A user that owns the database and may create roles. Used here alone.</param>
    /// <param name="applicationPassword">The password that the application login gets, each time: hosts of one database are given the same.</param>
    /// <returns>The connection string for <see cref="DataServices.AddCcnData"/>: same server and database, application login.</returns>
    public static async Task<string> MigrateAsync(string ownerConnectionString, string applicationPassword, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationPassword);
        await using (var db = new CcnDbContext(CcnOptions.For(ownerConnectionString)))
        {
            // Reading the history is cheap; asking EF to migrate builds the whole model diff.
            if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any()) { await db.Database.MigrateAsync(cancel); }
        }

        await SetLoginAsync(ownerConnectionString, applicationPassword, cancel);
        return new NpgsqlConnectionStringBuilder(ownerConnectionString) { Username = ApplicationLogin, Password = applicationPassword }.ConnectionString;
    }

    private static async Task SetLoginAsync(string ownerConnectionString, string password, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(cancel);

        // Two hosts of this database that start at once take turns.
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select pg_advisory_xact_lock(@lock);
            select format(case when exists (select 1 from pg_roles where rolname = @login)
                               then 'alter role %1$I login password %2$L' else 'create role %1$I login password %2$L' end, @login, @password),
                   format('grant %I to %I', @role, @login)
            """, connection, transaction);
        command.Parameters.AddWithValue("lock", AdvisoryLocks.ApplicationLogin);
        command.Parameters.AddWithValue("login", ApplicationLogin);
        command.Parameters.AddWithValue("password", password);
        command.Parameters.AddWithValue("role", ApplicationRole);
        string create, grant;
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            (create, grant) = (reader.GetString(0), reader.GetString(1));
        }

#pragma warning disable CA2100 // written and quoted by the server's format() above; role statements take no parameters
        await using var apply = new NpgsqlCommand($"{create}; {grant}", connection, transaction);
#pragma warning restore CA2100
        await apply.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
