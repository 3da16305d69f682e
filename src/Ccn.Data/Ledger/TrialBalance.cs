using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Ledger;

/// <summary>Both sides of an account, or of one owner's part of it, in one currency.</summary>
/// <param name="Owner">Null for the whole account.</param>
public sealed record AccountBalance(Account Account, string? Owner, string Currency, long DebitMinor, long CreditMinor)
{
    /// <summary>Positive when the balance stands on the side the account grows on.</summary>
    public Money Balance => new(Account.NaturalBalance(DebitMinor, CreditMinor), Currency);
}

/// <summary>What the ledger says.</summary>
public static class TrialBalance
{
    /// <summary>Every account with postings, by number and currency. Debits and credits are equal in each currency.</summary>
    /// <param name="until">Only entries that took effect before it; null for all.</param>
    public static async Task<IReadOnlyList<AccountBalance>> ReadAsync(CcnDbContext db, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        var rows = await Postings(db, until).GroupBy(p => new { p.Account, p.Currency })
            .Select(g => new { g.Key.Account, g.Key.Currency, Debit = g.Sum(p => p.Direction == Direction.Debit ? p.AmountMinor : 0), Credit = g.Sum(p => p.Direction == Direction.Credit ? p.AmountMinor : 0) })
            .OrderBy(r => r.Account).ThenBy(r => r.Currency).ToListAsync(cancel);
        return [.. rows.Select(r => new AccountBalance(ChartOfAccounts.Get(r.Account), Owner: null, r.Currency, r.Debit, r.Credit))];
    }

    /// <summary>An account's balances by owner and currency, by owner id.</summary>
    public static async Task<IReadOnlyList<AccountBalance>> ByOwnerAsync(CcnDbContext db, Account account, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        var rows = await Postings(db, until).Where(p => p.Account == account.Number).GroupBy(p => new { p.Owner, p.Currency })
            .Select(g => new { g.Key.Owner, g.Key.Currency, Debit = g.Sum(p => p.Direction == Direction.Debit ? p.AmountMinor : 0), Credit = g.Sum(p => p.Direction == Direction.Credit ? p.AmountMinor : 0) })
            .OrderBy(r => r.Owner).ThenBy(r => r.Currency).ToListAsync(cancel);
        return [.. rows.Select(r => new AccountBalance(account, r.Owner, r.Currency, r.Debit, r.Credit))];
    }

    /// <summary>What one owner has on an account, in the account's natural sign; zero when there are no postings.</summary>
    public static async Task<Money> OfAsync(CcnDbContext db, Account account, string? owner, string currency, CancellationToken cancel = default)
    {
        var sides = await db.Postings.Where(p => p.Account == account.Number && p.Owner == owner && p.Currency == currency)
            .GroupBy(p => p.Direction).Select(g => new { Direction = g.Key, Minor = g.Sum(p => p.AmountMinor) }).ToListAsync(cancel);
        return new(account.NaturalBalance(
            sides.Where(s => s.Direction is Direction.Debit).Sum(s => s.Minor), sides.Where(s => s.Direction is Direction.Credit).Sum(s => s.Minor)), currency);
    }

    private static IQueryable<Posting> Postings(CcnDbContext db, DateTimeOffset? until) =>
        until is { } end ? db.JournalEntries.Where(e => e.EffectiveAt < end.ToUniversalTime()).SelectMany(e => e.Postings) : db.Postings;
}
