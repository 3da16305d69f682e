using Ccn.Data.Ledger;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data.Tests.Ledger;

public sealed class JournalTests(CcnDatabase database) : IClassFixture<CcnDatabase>
{
    private static readonly DateTimeOffset Day = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_repeat_gives_the_first_entry_and_another_content_is_refused()
    {
        await using var db = database.Open();
        var draft = Accrual("sal_r:accrue", "lic_r", 200);
        var first = await Journal.PostAsync(db, draft);
        var again = await Journal.PostAsync(db, Accrual("sal_r:accrue", "lic_r", 200));
        Assert.Equal((first.Id, false, true), (again.Id, first.Replayed, again.Replayed));
        Assert.Equal(2, await db.Postings.CountAsync(p => p.EntryId == first.Id));

        var other = await Assert.ThrowsAsync<LedgerFailure>(() => Journal.PostAsync(db, Accrual("sal_r:accrue", "lic_r", 201)));
        Assert.Equal(FailureTypes.RequestDuplicate, other.Type);
        Assert.Equal(new Money(200, "USD"), await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesAccrued, "lic_r", "USD"));
    }

    [Fact]
    public async Task Of_many_at_once_with_one_key_one_posts()
    {
        var posted = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var db = database.Open();
            return await Journal.PostAsync(db, Accrual("sal_m:accrue", "lic_m", 700));
        }));
        Assert.Single(posted, p => !p.Replayed);
        Assert.Single(posted.Select(p => p.Id).Distinct());
        await using var reader = database.Open();
        Assert.Equal(new Money(700, "USD"), await TrialBalance.OfAsync(reader, ChartOfAccounts.RoyaltiesAccrued, "lic_m", "USD"));
    }

    [Fact]
    public async Task An_entry_shares_the_transaction_of_what_it_belongs_to()
    {
        await using var db = database.Open();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Journal.PostAsync(db, Accrual("sal_t:accrue", "lic_t", 100));
            await transaction.RollbackAsync();
        }

        Assert.True((await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesAccrued, "lic_t", "USD")).IsZero);
    }

    [Theory]
    [InlineData(2, "(1, 1000, null, 'Debit', 100, 'USD'), (2, 4100, null, 'Credit', 99, 'USD')")]
    [InlineData(2, "(1, 1000, null, 'Debit', 100, 'USD'), (2, 4100, null, 'Credit', 100, 'EUR')")]
    [InlineData(3, "(1, 1000, null, 'Debit', 100, 'USD'), (2, 4100, null, 'Credit', 100, 'USD')")]
    [InlineData(1, "(1, 1000, null, 'Debit', 100, 'USD')")]
    public async Task The_database_refuses_at_commit_what_does_not_balance(int count, string lines)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"""
            with entry as (insert into ledger.journal_entries (id, idempotency_key, request_hash, effective_at, posting_count)
                           values (gen_random_uuid(), gen_random_uuid()::text, '', now(), {count}) returning id)
            insert into ledger.postings select entry.id, l.* from entry, (values {lines}) l
            """);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => transaction.CommitAsync());
        Assert.Equal(DatabaseRules.Unbalanced, refused.SqlState);
    }

    [Fact]
    public async Task An_entry_without_postings_is_refused()
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection,
            "insert into ledger.journal_entries (id, idempotency_key, request_hash, effective_at, posting_count) values (gen_random_uuid(), 'empty', '', now(), 0)"));
        Assert.Equal(DatabaseRules.Unbalanced, refused.SqlState);
    }

    [Fact]
    public async Task Nothing_can_be_added_to_an_entry_later()
    {
        await using var db = database.OpenAsOwner();
        var entry = await Journal.PostAsync(db, Accrual("sal_l:accrue", "lic_l", 100));
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, $"""
            insert into ledger.postings values ('{entry.Id}', 3, 1000, null, 'Debit', 5, 'USD'), ('{entry.Id}', 4, 4100, null, 'Credit', 5, 'USD')
            """));
        Assert.Equal(DatabaseRules.Unbalanced, refused.SqlState);
    }

    [Fact]
    public async Task The_months_of_the_reference_journey_balance_to_the_cent()
    {
        await using var db = database.Open();
        Money usd(long minor) => new(minor, "USD");
        async Task PostAsync(string key, params JournalLine[] lines) => await Journal.PostAsync(db, new(key, Day, lines));

        await PostAsync("j1:accrue", JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_j", usd(60_000)), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, "lic_j", usd(60_000)));
        await PostAsync("j1:finalize", JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, "lic_j", usd(60_000)), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, "usr_j", usd(60_000)),
            JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, "usr_j", usd(6_000)), JournalLine.Credit(ChartOfAccounts.Commission, null, usd(6_000)));
        await PostAsync("j1:collect", JournalLine.Debit(ChartOfAccounts.CashStripe, null, usd(60_000)), JournalLine.Credit(ChartOfAccounts.SellerReceivable, "sac_j", usd(60_000)));
        await PostAsync("j1:sent", JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, "usr_j", usd(54_000)), JournalLine.Credit(ChartOfAccounts.PayoutsInTransit, "usr_j", usd(54_000)));
        await PostAsync("j1:confirmed", JournalLine.Debit(ChartOfAccounts.PayoutsInTransit, "usr_j", usd(54_000)), JournalLine.Credit(ChartOfAccounts.CashPayPal, null, usd(54_000)));
        Assert.True((await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesPayable, "usr_j", "USD")).IsZero);

        // Two units come back: the same entries with the sign turned.
        await PostAsync("j2:refund", JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_j", usd(-400)), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, "lic_j", usd(-400)));
        await PostAsync("j2:finalize", JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, "lic_j", usd(-400)), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, "usr_j", usd(-400)),
            JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, "usr_j", usd(-40)), JournalLine.Credit(ChartOfAccounts.Commission, null, usd(-40)));
        Assert.Equal(usd(-360), await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesPayable, "usr_j", "USD"));
        Assert.True((await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesAccrued, "lic_j", "USD")).IsZero);
        Assert.Contains(await TrialBalance.ByOwnerAsync(db, ChartOfAccounts.SellerReceivable), b => b.Owner == "sac_j" && b.Balance == usd(-400));

        foreach (var currency in (await TrialBalance.ReadAsync(db)).GroupBy(b => b.Currency, StringComparer.Ordinal))
        {
            Assert.Equal(currency.Sum(b => b.DebitMinor), currency.Sum(b => b.CreditMinor));
        }

        Assert.DoesNotContain(await TrialBalance.ReadAsync(db, until: Day), b => b.Account == ChartOfAccounts.CashPayPal);
    }

    private static JournalDraft Accrual(string key, string licenceId, long minor) => new(key, Day,
        [JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_1", new(minor, "USD")), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, licenceId, new(minor, "USD"))]);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
