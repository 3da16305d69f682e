using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Ledger;

/// <summary>What the journal is searched by; all that are given must match.</summary>
/// <param name="Account">Entries with a posting on this account, by its number.</param>
/// <param name="About">A business id (payout, statement, licence, payee, seller account): entries whose key begins with it, or that post to it.</param>
/// <param name="From">Entries that took effect on this day of UTC or later.</param>
/// <param name="To">Entries that took effect on this day of UTC or earlier.</param>
public sealed record JournalFilter(int? Account, string? About, DateOnly? From, DateOnly? To, int? Limit, string? Cursor);

/// <param name="RecordedAt">The database's own clock.</param>
public sealed record JournalRow(Guid EntryId, string Key, DateTimeOffset EffectiveAt, DateTimeOffset RecordedAt, IReadOnlyList<JournalPosting> Postings);

/// <param name="OwnerName">Whom the sub-account belongs to, in words; null for CCN's own accounts.</param>
public sealed record JournalPosting(int Account, string AccountName, string? Owner, string? OwnerName, Direction Direction, Money Amount);

/// <summary>The two sides of the whole book in one currency.</summary>
public sealed record BookTotal(Money Debits, Money Credits)
{
    public bool Balances => Debits == Credits;
}

/// <summary>The trial balance with its sums.</summary>
/// <param name="Accounts">In each account's natural sign.</param>
public sealed record Book(IReadOnlyList<BookAccount> Accounts, IReadOnlyList<BookTotal> Totals, int Entries);
public sealed record BookAccount(int Account, string Name, AccountKind Kind, Money Debits, Money Credits, Money Balance);

/// <summary>The finance desk's view of the ledger.</summary>
public sealed class LedgerDeskQueries(CcnDbContext db, CurrentUser user)
{
    public async Task<Book> BookAsync(CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var balances = await Ccn.Data.Ledger.TrialBalance.ReadAsync(db, cancel: cancel);
        var accounts = balances.Select(row => new BookAccount(row.Account.Number, row.Account.Name, row.Account.Kind, new(row.DebitMinor, row.Currency), new(row.CreditMinor, row.Currency), row.Balance)).ToList();
        var totals = accounts.GroupBy(row => row.Debits.Currency, StringComparer.Ordinal)
            .Select(currency => new BookTotal(Money.Sum(currency.Select(row => row.Debits), currency.Key), Money.Sum(currency.Select(row => row.Credits), currency.Key)));
        return new(accounts, [.. totals], await db.JournalEntries.CountAsync(cancel));
    }

    /// <summary>Newest first, a page at a time.</summary>
    public async Task<Page<JournalRow>> EntriesAsync(JournalFilter filter, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var limit = Cursor.Limit(filter.Limit);
        var rows = Matching(filter);
        if (Cursor.Parse(filter.Cursor) is { } after)
        {
            var id = Guid.TryParse(after.Id, out var entryId) ? entryId : throw Cursor.Invalid();
            rows = rows.Where(entry => entry.EffectiveAt < after.At || (entry.EffectiveAt == after.At && entry.Id.CompareTo(id) < 0));
        }

        var page = await rows.Include(entry => entry.Postings).OrderByDescending(entry => entry.EffectiveAt).ThenByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(cancel);
        var names = await OwnersAsync([.. page.SelectMany(entry => entry.Postings).Select(posting => posting.Owner).OfType<string>().Distinct()], cancel);
        return Page.Of([.. page.Select(entry => new JournalRow(entry.Id, entry.IdempotencyKey, entry.EffectiveAt, entry.RecordedAt, [.. entry.Postings.OrderBy(posting => posting.Line).Select(posting => new JournalPosting(
            posting.Account, ChartOfAccounts.Get(posting.Account).Name, posting.Owner, posting.Owner is { } owner ? names.GetValueOrDefault(owner, owner) : null, posting.Direction, posting.Amount))]))],
            limit, entry => new(entry.EffectiveAt, entry.EntryId.ToString()));
    }

    private IQueryable<JournalEntry> Matching(JournalFilter filter)
    {
        var rows = db.JournalEntries.AsNoTracking();
        if (filter.Account is { } account) { rows = rows.Where(entry => entry.Postings.Any(posting => posting.Account == account)); }

        if (filter.About?.Trim() is { Length: > 0 } about) { rows = rows.Where(entry => entry.IdempotencyKey.StartsWith(about) || entry.Postings.Any(posting => posting.Owner == about)); }

        if (filter.From is { } from)
        {
            var start = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
            rows = rows.Where(entry => entry.EffectiveAt >= start);
        }

        // The last day there is has no next one.
        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            rows = rows.Where(entry => entry.EffectiveAt < end);
        }

        return rows;
    }

    // Owners are payees, licences and seller accounts.
    private async Task<Dictionary<string, string>> OwnersAsync(IReadOnlyList<string> owners, CancellationToken cancel)
    {
        var names = await db.Users.AsNoTracking().Where(account => owners.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel);
        var licences = await (from licence in db.Licences.AsNoTracking()
                              where owners.Contains(licence.Id)
                              join design in db.Designs.AsNoTracking() on licence.DesignId equals design.Id
                              select new { licence.Id, design.Title }).ToListAsync(cancel);
        foreach (var licence in licences) { names[licence.Id] = licence.Title; }

        var sellers = await (from account in db.SellerAccounts.AsNoTracking()
                             where owners.Contains(account.Id)
                             join seller in db.Users.AsNoTracking() on account.SellerId equals seller.Id
                             select new { account.Id, seller.DisplayName }).ToListAsync(cancel);
        foreach (var seller in sellers) { names[seller.Id] = seller.DisplayName; }

        return names;
    }
}
