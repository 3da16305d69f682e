using Ccn.Activities.Ledger;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Payouts;

/// <summary>What the ledger says about payees and single payouts. Every entry of a payout has a key that begins with the payout's id.</summary>
internal sealed class PayoutLedger(CcnDbContext db)
{
    /// <summary>Final statements that owe the payee something, with the payee's share, oldest first.</summary>
    public async Task<IReadOnlyList<EarnedShare>> EarnedAsync(string payeeId, string currency, CancellationToken cancel)
    {
        var rows = await (from entry in db.JournalEntries.AsNoTracking()
                          from posting in entry.Postings
                          where posting.Account == ChartOfAccounts.RoyaltiesPayable.Number && posting.Owner == payeeId && posting.Currency == currency
                              && posting.Direction == Direction.Credit && entry.IdempotencyKey.EndsWith(JournalKeys.FinalizeStep)
                          orderby entry.EffectiveAt, entry.IdempotencyKey
                          select new { entry.IdempotencyKey, posting.AmountMinor }).ToListAsync(cancel);
        return [.. rows.GroupBy(r => r.IdempotencyKey[..^JournalKeys.FinalizeStep.Length], StringComparer.Ordinal).Select(g => new EarnedShare(g.Key, new(g.Sum(r => r.AmountMinor), currency)))];
    }

    /// <summary>Sent and neither confirmed nor taken back.</summary>
    public async Task<bool> IsInTransitAsync(string payoutId, CancellationToken cancel)
    {
        var prefix = payoutId + ":";
        var keys = await db.JournalEntries.AsNoTracking().Where(e => e.IdempotencyKey.StartsWith(prefix)).Select(e => e.IdempotencyKey).ToListAsync(cancel);
        return JournalKeys.ProgressOf(payoutId, keys) is PayoutProgress.UnderWay;
    }

    public Task<bool> PostAsync(string key, DateTimeOffset at, IEnumerable<JournalLine> lines, CancellationToken cancel) => LedgerPosting.PostOnceAsync(db, key, at, lines, cancel);
}

/// <summary>A payee's share of a final statement.</summary>
internal sealed record EarnedShare(string StatementId, Money Amount);
