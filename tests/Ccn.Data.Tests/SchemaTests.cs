using Ccn.Data.Accounts;
using Ccn.Data.Contests;
using Ccn.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ccn.Data.Tests;

public sealed class SchemaTests(CcnDatabase database) : IClassFixture<CcnDatabase>
{
    [Fact]
    public void Migrations_say_what_the_model_says()
    {
        using var db = new CcnDbContext(CcnOptions.For("Host=127.0.0.1;Database=none"));
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task A_second_start_migrates_nothing_and_the_application_login_works()
    {
        var application = await DatabaseSetup.MigrateAsync(database.OwnerConnectionString, "another-secret");
        await using var db = new CcnDbContext(CcnOptions.For(application));
        Assert.Equal(CcnRole.All.Order(StringComparer.Ordinal), (await db.Roles.Select(r => r.Name!).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task The_application_login_belongs_to_the_application_role_alone()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("""
            select current_user || ':' || string_agg(r.rolname, ',') || ':' || bool_or(me.rolsuper or me.rolcreaterole or me.rolcreatedb)
            from pg_roles me join pg_auth_members m on m.member = me.oid join pg_roles r on r.oid = m.roleid where me.rolname = current_user
            """, connection);
        Assert.Equal("ccn_app_login:ccn_app:false", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("update business_events set source = 'x'")]
    [InlineData("delete from business_events")]
    [InlineData("truncate business_events")]
    [InlineData("update ledger.postings set amount_minor = 1")]
    [InlineData("delete from ledger.journal_entries")]
    [InlineData("truncate ledger.postings, ledger.journal_entries")]
    [InlineData("delete from statement_documents")]
    [InlineData("insert into ledger.accounts values (1, 'x', 'Asset', false)")]
    [InlineData("create table mine (id int)")]
    [InlineData("drop trigger append_only on business_events")]
    [InlineData("delete from \"__EFMigrationsHistory\"")]
    public async Task The_application_may_not(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("update business_events set source = 'x'")]
    [InlineData("delete from business_events")]
    [InlineData("truncate business_events")]
    [InlineData("update ledger.postings set amount_minor = 1")]
    [InlineData("delete from ledger.journal_entries")]
    [InlineData("truncate ledger.postings, ledger.journal_entries")]
    [InlineData("update statement_documents set period = 2")]
    [InlineData("truncate statement_lines")]
    public async Task Not_even_the_owner_changes_what_is_only_added_to(string sql)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(DatabaseRules.AppendOnly, refused.SqlState);
    }

    [Fact]
    public async Task Registered_services_reach_the_database()
    {
        await using var services = new ServiceCollection().AddCcnData(database.ConnectionString).BuildServiceProvider(validateScopes: true);
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CcnDbContext>();
            db.Users.Add(new CcnUser { DisplayName = "Ada", Handle = "ada", UserName = "ada" });
            await db.SaveChangesAsync();
        }

        await using var other = await services.GetRequiredService<IDbContextFactory<CcnDbContext>>().CreateDbContextAsync();
        Assert.StartsWith("usr_", (await other.Users.SingleAsync(u => u.Handle == "ada")).Id);
        Assert.NotNull(services.GetRequiredService<BallotBox>());
    }
}
