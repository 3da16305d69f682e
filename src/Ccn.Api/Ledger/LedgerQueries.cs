using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Ledger;

/// <summary>Debits less credits of an account in one currency; over all accounts they sum to zero.</summary>
public sealed record TrialBalanceRow(int Account, string Name, Money Debits, Money Credits, Money Balance);

/// <summary>What an owner's sub-account holds, credits less debits: positive is owed to the owner.</summary>
public sealed record AccountBalance(int Account, string Name, Money Balance);

public sealed record EntryDetail(Guid EntryId, string IdempotencyKey, DateTimeOffset EffectiveAt, IReadOnlyList<EntryPosting> Postings);
public sealed record EntryPosting(int Line, int Account, string? Owner, Direction Direction, Money Amount);

public sealed class LedgerQueries(CcnDbContext db)
{
    public async Task<IReadOnlyList<TrialBalanceRow>> TrialBalanceAsync(CancellationToken cancel)
    {
        var sums = await db.Postings.AsNoTracking().GroupBy(posting => new { posting.Account, posting.Currency, posting.Direction }).Select(group => new { group.Key, Sum = group.Sum(posting => posting.AmountMinor) }).ToListAsync(cancel);
        var names = await NamesAsync(cancel);
        return [.. sums.GroupBy(sum => (sum.Key.Account, sum.Key.Currency)).OrderBy(group => group.Key.Account).ThenBy(group => group.Key.Currency, StringComparer.Ordinal).Select(group =>
        {
            var debits = new Money(group.Where(sum => sum.Key.Direction == Direction.Debit).Sum(sum => sum.Sum), group.Key.Currency);
            var credits = new Money(group.Where(sum => sum.Key.Direction == Direction.Credit).Sum(sum => sum.Sum), group.Key.Currency);
            return new TrialBalanceRow(group.Key.Account, names[group.Key.Account], debits, credits, debits - credits);
        })];
    }

    public async Task<IReadOnlyList<AccountBalance>> OwnerAsync(string owner, CancellationToken cancel)
    {
        var sums = await db.Postings.AsNoTracking().Where(posting => posting.Owner == owner).GroupBy(posting => new { posting.Account, posting.Currency })
            .Select(group => new { group.Key, Sum = group.Sum(posting => posting.Direction == Direction.Credit ? posting.AmountMinor : -posting.AmountMinor) }).ToListAsync(cancel);
        var names = await NamesAsync(cancel);
        return [.. sums.OrderBy(sum => sum.Key.Account).Select(sum => new AccountBalance(sum.Key.Account, names[sum.Key.Account], new(sum.Sum, sum.Key.Currency)))];
    }

    public async Task<Page<EntryDetail>> EntriesAsync(int? account, string? owner, int? asked, string? cursor, CancellationToken cancel)
    {
        var limit = Cursor.Limit(asked);
        var rows = db.JournalEntries.AsNoTracking().Include(entry => entry.Postings).AsQueryable();
        if (account is { } number) { rows = rows.Where(entry => entry.Postings.Any(posting => posting.Account == number)); }

        if (owner is not null) { rows = rows.Where(entry => entry.Postings.Any(posting => posting.Owner == owner)); }

        if (Cursor.Parse(cursor) is { } after)
        {
            var id = Guid.TryParse(after.Id, out var entryId) ? entryId : throw Cursor.Invalid();
            rows = rows.Where(entry => entry.EffectiveAt < after.At || (entry.EffectiveAt == after.At && entry.Id.CompareTo(id) < 0));
        }

        var page = await rows.OrderByDescending(entry => entry.EffectiveAt).ThenByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(cancel);
        return Page.Of([.. page.Select(entry => new EntryDetail(entry.Id, entry.IdempotencyKey, entry.EffectiveAt,
            [.. entry.Postings.OrderBy(posting => posting.Line).Select(posting => new EntryPosting(posting.Line, posting.Account, posting.Owner, posting.Direction, posting.Amount))]))], limit, entry => new(entry.EffectiveAt, entry.EntryId.ToString()));
    }

    private Task<Dictionary<int, string>> NamesAsync(CancellationToken cancel) => db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(account => account.Number, account => account.Name, cancel);
}
