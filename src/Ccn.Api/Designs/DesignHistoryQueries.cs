using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Designs;

/// <summary>A design as it stood at an instant.</summary>
/// <param name="Stage">Where it stood and what it waited for; null before it was submitted.</param>
/// <param name="Money">By currency, what the books said of it; empty when nothing was earned yet, null for those whose money it is not.</param>
public sealed record DesignMoment(DateTimeOffset At, StagePassage? Stage, IReadOnlyList<DesignMoney>? Money);

/// <summary>What all creators of the design had earned by then, by where the money stood.</summary>
/// <param name="Accrued">Royalty, before CCN's fee, of shipped sales whose statement was not final.</param>
/// <param name="Reserve">Kept back for returns.</param>
/// <param name="Payable">Net of final statements that was not sent.</param>
/// <param name="UnderWay">Sent and not confirmed.</param>
/// <param name="Paid">Confirmed and not come back.</param>
public sealed record DesignMoney(string Currency, Money Accrued, Money Reserve, Money Payable, Money UnderWay, Money Paid)
{
    public bool IsZero => Accrued.IsZero && Reserve.IsZero && Payable.IsZero && UnderWay.IsZero && Paid.IsZero;
}

/// <summary>The past of a design: events by when they happened, money by when its journal entries took effect.</summary>
public sealed class DesignHistoryQueries(CcnDbContext db, DesignQueries designs, CurrentUser user)
{
    private static readonly int[] OfLicences = [ChartOfAccounts.RoyaltiesAccrued.Number, ChartOfAccounts.ReturnsReserve.Number];
    private static readonly int[] OfPayees = [ChartOfAccounts.RoyaltiesPayable.Number, ChartOfAccounts.PayoutsInTransit.Number];

    /// <summary>How the design stood at the end of an instant.</summary>
    public async Task<DesignMoment> AtAsync(string designId, DateTimeOffset at, CancellationToken cancel)
    {
        var until = at.ToUniversalTime();
        var stages = await designs.StagesAsync(designId, cancel);
        return new(until, stages.LastOrDefault(stage => stage.At <= until), await MoneyAsync(designId, until, cancel));
    }

    /// <summary>The creator and finance see all licences of the design, a seller their own.</summary>
    private async Task<IReadOnlyList<DesignMoney>?> MoneyAsync(string designId, DateTimeOffset at, CancellationToken cancel)
    {
        if (!user.IsSignedIn) { return null; }

        var (reader, all) = (user.Id, user.Is(Roles.Finance));
        var isCreator = all || await db.Designs.AnyAsync(design => design.Id == designId && design.CreatorId == reader, cancel);
        var licences = await db.Licences.AsNoTracking().Where(licence => licence.DesignId == designId && licence.EffectiveAt != null && (isCreator || licence.SellerId == reader)).Select(licence => licence.Id).ToListAsync(cancel);
        if (licences.Count == 0) { return isCreator ? [] : null; }

        var held = await OfLicencesAsync(licences, at, cancel);
        var owed = await OwedAsync(licences, at, cancel);
        return [.. held.Concat(owed).GroupBy(money => money.Currency).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Sum(group.Key, group)).Where(money => !money.IsZero)];
    }

    /// <summary>What belongs to no payee yet.</summary>
    private async Task<IReadOnlyList<DesignMoney>> OfLicencesAsync(List<string> licences, DateTimeOffset at, CancellationToken cancel)
    {
        var sums = await (from entry in db.JournalEntries.AsNoTracking()
                          from posting in entry.Postings
                          where entry.EffectiveAt <= at && OfLicences.Contains(posting.Account) && posting.Owner != null && licences.Contains(posting.Owner)
                          group posting by new { posting.Account, posting.Currency } into sum
                          select new { sum.Key.Account, sum.Key.Currency, Minor = sum.Sum(posting => posting.Direction == Direction.Credit ? posting.AmountMinor : -posting.AmountMinor) }).ToListAsync(cancel);
        return [.. sums.Select(sum => sum.Account == ChartOfAccounts.RoyaltiesAccrued.Number ? Zero(sum.Currency) with { Accrued = new(sum.Minor, sum.Currency) } : Zero(sum.Currency) with { Reserve = new(sum.Minor, sum.Currency) })];
    }

    /// <summary>What final statements gave the payees, by how far the payouts that carry it had come.</summary>
    private async Task<IReadOnlyList<DesignMoney>> OwedAsync(List<string> licences, DateTimeOffset at, CancellationToken cancel)
    {
        var statements = await db.Statements.AsNoTracking().Where(statement => licences.Contains(statement.LicenceId)).Select(statement => statement.Id).ToListAsync(cancel);
        var payouts = await db.Payouts.AsNoTracking().Where(payout => payout.StatementIds.Any(id => statements.Contains(id)))
            .Select(payout => new { payout.Id, payout.PayeeId, payout.AmountMinor, payout.Currency, payout.StatementIds }).ToListAsync(cancel);
        var shares = await SharesAsync([.. statements.Union(payouts.SelectMany(payout => payout.StatementIds))], at, cancel);
        var posted = await PostedAsync([.. payouts.Select(payout => payout.PayeeId).Distinct()], at, cancel);

        var mine = statements.ToHashSet(StringComparer.Ordinal);
        var owed = shares.Where(share => mine.Contains(share.StatementId)).Select(share => Zero(share.Amount.Currency) with { Payable = share.Amount }).ToList();
        foreach (var payout in payouts)
        {
            var progress = JournalKeys.ProgressOf(payout.Id, posted);
            if (progress is PayoutProgress.None) { continue; }

            // A payout may be smaller than its statements, when a loss was held back: the oldest are covered first.
            var rest = new Money(payout.AmountMinor, payout.Currency);
            foreach (var share in shares.Where(share => share.PayeeId == payout.PayeeId && share.Amount.Currency == payout.Currency && payout.StatementIds.Contains(share.StatementId)))
            {
                var covered = share.Amount < rest ? share.Amount : rest;
                rest -= covered;
                if (mine.Contains(share.StatementId)) { owed.Add(Moved(covered, progress)); }
            }
        }

        return owed;
    }

    private async Task<IReadOnlyList<Share>> SharesAsync(IReadOnlyList<string> statements, DateTimeOffset at, CancellationToken cancel)
    {
        var keys = statements.Select(JournalKeys.Finalized).ToList();
        var rows = await (from entry in db.JournalEntries.AsNoTracking()
                          from posting in entry.Postings
                          where keys.Contains(entry.IdempotencyKey) && entry.EffectiveAt <= at && posting.Account == ChartOfAccounts.RoyaltiesPayable.Number
                          orderby entry.EffectiveAt, entry.IdempotencyKey
                          select new { entry.IdempotencyKey, posting.Owner, posting.Direction, posting.AmountMinor, posting.Currency }).ToListAsync(cancel);
        return [.. rows.Select(row => new Share(row.IdempotencyKey[..^JournalKeys.FinalizeStep.Length], row.Owner!, new(row.Direction is Direction.Credit ? row.AmountMinor : -row.AmountMinor, row.Currency)))];
    }

    private async Task<HashSet<string>> PostedAsync(List<string> payees, DateTimeOffset at, CancellationToken cancel)
    {
        var keys = await db.JournalEntries.AsNoTracking()
            .Where(entry => entry.EffectiveAt <= at && entry.Postings.Any(posting => OfPayees.Contains(posting.Account) && posting.Owner != null && payees.Contains(posting.Owner)))
            .Select(entry => entry.IdempotencyKey).ToListAsync(cancel);
        return keys.ToHashSet(StringComparer.Ordinal);
    }

    private static DesignMoney Moved(Money amount, PayoutProgress progress) => progress is PayoutProgress.Paid
        ? Zero(amount.Currency) with { Payable = -amount, Paid = amount }
        : Zero(amount.Currency) with { Payable = -amount, UnderWay = amount };

    private static DesignMoney Sum(string currency, IEnumerable<DesignMoney> parts)
    {
        var all = parts.ToList();
        Money Of(Func<DesignMoney, Money> what) => Money.Sum(all.Select(what), currency);
        return new(currency, Of(money => money.Accrued), Of(money => money.Reserve), Of(money => money.Payable), Of(money => money.UnderWay), Of(money => money.Paid));
    }

    private static DesignMoney Zero(string currency)
    {
        var zero = Money.Zero(currency);
        return new(currency, zero, zero, zero, zero, zero);
    }

    private sealed record Share(string StatementId, string PayeeId, Money Amount);
}
