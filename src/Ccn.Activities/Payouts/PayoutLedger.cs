using Ccn.Activities.Ledger;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Payouts;

/// <summary>What the ledger says about payees and single payouts. Every entry of a payout has a key that begins with the payout's id.</summary>
internal sealed class PayoutLedger(CcnDbContext db)
{
    private const string FinalizeStep = ":finalize";

    /// <summary>Final statements that owe the payee something, with the payee's share, oldest first.</summary>
    public async Task<IReadOnlyList<EarnedShare>> EarnedAsync(string payeeId, string currency, CancellationToken cancel)
    {
        var rows = await (from entry in db.JournalEntries.AsNoTracking()
                          from posting in entry.Postings
                          where posting.Account == ChartOfAccounts.RoyaltiesPayable.Number && posting.Owner == payeeId && posting.Currency == currency
                              && posting.Direction == Direction.Credit && entry.IdempotencyKey.EndsWith(FinalizeStep)
                          orderby entry.EffectiveAt, entry.IdempotencyKey
                          select new { entry.IdempotencyKey, posting.AmountMinor }).ToListAsync(cancel);
        return [.. rows.GroupBy(r => r.IdempotencyKey[..^FinalizeStep.Length], StringComparer.Ordinal).Select(g => new EarnedShare(g.Key, new(g.Sum(r => r.AmountMinor), currency)))];
    }

    /// <summary>Sent and neither confirmed nor taken back.</summary>
    public async Task<bool> IsInTransitAsync(string payoutId, CancellationToken cancel)
    {
        var steps = await StepsAsync(payoutId, cancel);
        return steps.Any(step => step.StartsWith("send:", StringComparison.Ordinal) && !step.EndsWith(":refused", StringComparison.Ordinal) && !steps.Contains($"{step}:refused"))
            && !steps.Contains("confirmed") && !steps.Contains("returned");
    }

    public static string SendKey(string payoutId, int attempt) => FormattableString.Invariant($"{payoutId}:send:{attempt}");

    public static string RefusedKey(string payoutId, int attempt) => FormattableString.Invariant($"{payoutId}:send:{attempt}:refused");

    public static string ConfirmedKey(string payoutId) => $"{payoutId}:confirmed";

    public static string ReturnedKey(string payoutId) => $"{payoutId}:returned";

    public Task<bool> PostAsync(string key, DateTimeOffset at, IEnumerable<JournalLine> lines, CancellationToken cancel) => LedgerPosting.PostOnceAsync(db, key, at, lines, cancel);

    private async Task<IReadOnlySet<string>> StepsAsync(string payoutId, CancellationToken cancel)
    {
        var prefix = payoutId + ":";
        var keys = await db.JournalEntries.AsNoTracking().Where(e => e.IdempotencyKey.StartsWith(prefix)).Select(e => e.IdempotencyKey).ToListAsync(cancel);
        return keys.Select(key => key[prefix.Length..]).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>A payee's share of a final statement.</summary>
internal sealed record EarnedShare(string StatementId, Money Amount);
