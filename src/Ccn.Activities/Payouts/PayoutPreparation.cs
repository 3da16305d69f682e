using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Providers.PayPal;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Payouts;

/// <summary>What a payee can be paid now, from the ledger alone, and why nothing when nothing.</summary>
internal sealed class PayoutPreparation(PayoutLedger ledger, CcnDbContext db)
{
    private const string PayPal = "paypal";

    public async Task<PreparedPayout> PrepareAsync(PreparePayoutInput input, CancellationToken cancel)
    {
        var balances = (await TrialBalance.ByOwnerAsync(db, ChartOfAccounts.RoyaltiesPayable, cancel: cancel)).Where(b => b.Owner == input.PayeeId).Select(b => b.Balance).ToList();

        // One currency at a time: the one with most in it, because currencies are never added up.
        var balance = balances.OrderByDescending(b => b.MinorUnits).ThenBy(b => b.Currency, StringComparer.Ordinal).FirstOrDefault(new Money(0, "USD"));
        var unpaid = await UnpaidAsync(input, balance.Currency, cancel);
        var available = balance - await OpenLossesAsync(input.PayeeId, unpaid, balance.Currency, cancel);
        var method = await db.PayoutMethods.AsNoTracking().SingleOrDefaultAsync(m => m.PayeeId == input.PayeeId, cancel);
        if (HoldReason(available, input.Minimum, method) is { } reason) { return new(available, reason, null, []); }

        var (send, _) = PayPalAmount.Split(available);   // the rest stays in the balance
        if (send.MinorUnits <= 0) { return new(available, $"The balance of {available} is below the smallest amount that can be sent.", null, []); }

        var statementIds = unpaid.Select(share => share.StatementId).ToList();
        return new(send, null, new PayoutPayload(input.PayoutId, input.PayeeId, send, method!.Provider, method.Destination, statementIds).Hash(), statementIds);
    }

    private static string? HoldReason(Money available, long minimum, PayoutMethod? method)
    {
        if (available.IsNegative) { return $"The balance is negative: {available}."; }
        if (available.MinorUnits < minimum || available.IsZero) { return $"The balance of {available} is below the minimum of {new Money(Math.Max(minimum, 1), available.Currency)}."; }

        return method switch
        {
            null => "No payout method is set.",
            { BlockedReason: { } blocked } => $"The payout method is blocked: {blocked}",
            { Provider: not PayPal } => $"Payouts by {method.Provider} are not offered.",
            _ => null,
        };
    }

    /// <summary>Final statements that no other payout has paid. One that was returned or refused has paid nothing.</summary>
    private async Task<IReadOnlyList<EarnedShare>> UnpaidAsync(PreparePayoutInput input, string currency, CancellationToken cancel)
    {
        var paying = await db.Payouts.AsNoTracking()
            .Where(p => p.PayeeId == input.PayeeId && p.Id != input.PayoutId && p.State != PayoutStatus.Returned && p.State != PayoutStatus.Refused)
            .Select(p => p.StatementIds).ToListAsync(cancel);
        var paid = paying.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal);
        return [.. (await ledger.EarnedAsync(input.PayeeId, currency, cancel)).Where(share => !paid.Contains(share.StatementId))];
    }

    /// <summary>A licence's open loss lowers what is unpaid of the same licence, never of another: there is no set-off.</summary>
    private async Task<Money> OpenLossesAsync(string payeeId, IReadOnlyList<EarnedShare> unpaid, string currency, CancellationToken cancel)
    {
        var statementIds = unpaid.Select(share => share.StatementId).ToList();
        var licenceOf = await db.StatementDocuments.AsNoTracking().Where(d => statementIds.Contains(d.StatementId)).ToDictionaryAsync(d => d.StatementId, d => d.LicenceId, StringComparer.Ordinal, cancel);
        var held = Money.Zero(currency);
        foreach (var licence in unpaid.Where(share => licenceOf.ContainsKey(share.StatementId)).GroupBy(share => licenceOf[share.StatementId], StringComparer.Ordinal))
        {
            var loss = await TrialBalance.OfAsync(db, ChartOfAccounts.ClawbackReceivable, licence.Key, currency, cancel);
            if (loss.MinorUnits <= 0) { continue; }

            var share = await ShareOfAsync(licence.Key, payeeId, loss, cancel);
            var earned = Money.Sum(licence.Select(s => s.Amount), currency);
            held += share < earned ? share : earned;
        }

        return held;
    }

    private async Task<Money> ShareOfAsync(string licenceId, string payeeId, Money loss, CancellationToken cancel)
    {
        var terms = (await db.Licences.AsNoTracking().SingleOrDefaultAsync(l => l.Id == licenceId, cancel))?.Terms;
        if (terms is null) { return loss; }   // without the terms the careful answer is all of it

        var shares = MoneyMath.Allocate(loss, [.. terms.Splits.Select(split => split.ShareBasisPoints)]);
        return Money.Sum(terms.Splits.Zip(shares).Where(pair => pair.First.PayeeId == payeeId).Select(pair => pair.Second), loss.Currency);
    }
}
