using System.Globalization;
using Ccn.Domain.Licences;

namespace Ccn.Domain.Royalties;

/// <summary>Computes royalties from terms and order lines. The same code serves accrual, draft, final statement, what-if and verification, so they cannot disagree.</summary>
public static class RoyaltyEngine
{
    /// <summary>Royalty of one sale line at the terms, rounded half-even once.</summary>
    public static Money Of(LicenceTerms terms, SaleLine sale) => terms.Mode is RoyaltyMode.Percent
        ? MoneyMath.Share(BaseOf(terms, sale), terms.RateBasisPoints)
        : PerUnit(terms) * sale.Units;

    /// <summary>The amount the rate applies to.</summary>
    public static Money BaseOf(LicenceTerms terms, SaleLine sale) =>
        terms.Base is RoyaltyBase.GrossLessPromotions ? sale.ItemPrice + sale.Promotions : sale.ItemPrice;

    /// <summary>What a refund takes back, as a negative amount: at the frozen terms of the line it reverses, so that sale and full refund cancel, and never more in total than the line accrued.</summary>
    public static Money Of(LicenceTerms terms, RefundLine refund)
    {
        var accrued = Of(terms, refund.Sale);
        return -(Reversed(terms, refund, refund.RefundedBefore + refund.ItemRefund, accrued) - Reversed(terms, refund, refund.RefundedBefore, accrued));
    }

    /// <summary>CCN's fee on a royalty; of a negative royalty a negative fee, which gives it back.</summary>
    public static Money FeeOf(LicenceTerms terms, Money royalty) => MoneyMath.Share(royalty, terms.PlatformFeeBasisPoints);

    /// <summary>The statement of one period.</summary>
    /// <exception cref="InvalidOperationException">An amount is in another currency than the licence, or the splits are not exactly 100 %.</exception>
    public static Statement Compute(StatementInput input)
    {
        var terms = input.Terms;
        if (terms.Splits.Sum(split => split.ShareBasisPoints) != 10_000) { throw new InvalidOperationException("The splits of a licence add up to exactly 100 %."); }

        var zero = Money.Zero(terms.Currency);
        var lines = new List<StatementLine>();
        foreach (var sale in input.Sales.OrderBy(sale => sale.ShippedAt).ThenBy(sale => sale.SaleLineId, StringComparer.Ordinal))
        {
            var royalty = Of(terms, sale);
            lines.Add(new(lines.Count + 1, StatementLineKind.Sale, sale.Units, BaseOf(terms, sale), royalty, Formula(terms, sale.Units, BaseOf(terms, sale), royalty), terms.Version, sale.OrderId, sale.SaleLineId));
        }

        foreach (var refund in input.Refunds.OrderBy(refund => refund.At).ThenBy(refund => refund.RefundLineId, StringComparer.Ordinal))
        {
            var reversal = Of(terms, refund);
            lines.Add(new(lines.Count + 1, StatementLineKind.Return, -refund.Units, -refund.ItemRefund, reversal,
                Formula(terms, -refund.Units, -refund.ItemRefund, reversal), terms.Version, refund.Sale.OrderId, refund.Sale.SaleLineId, refund.RefundLineId));
        }

        var gross = Money.Sum(lines.Select(line => line.Amount), terms.Currency);
        var fee = -FeeOf(terms, gross);
        AddBalance(StatementLineKind.PlatformFee, gross, fee, $"{gross} x {Percent(terms.PlatformFeeBasisPoints)} = {-fee}");
        var held = gross > zero ? -MoneyMath.Share(gross, terms.ReserveBasisPoints) : zero;
        AddBalance(StatementLineKind.ReserveHeld, gross, held, $"{gross} x {Percent(terms.ReserveBasisPoints)} = {-held}, released after {terms.ReserveReleaseDays} days");
        foreach (var due in input.DueReserves.OrderBy(due => due.Period))
        {
            AddBalance(StatementLineKind.ReserveReleased, due.Amount, due.Amount, string.Create(CultureInfo.InvariantCulture, $"reserve of period {due.Period}"));
        }

        AddBalance(StatementLineKind.Carry, input.Carry, input.Carry, "negative balance of the period before, this licence only");
        var net = Money.Sum(lines.Select(line => line.Amount), terms.Currency);
        var payable = net.IsNegative ? zero : net;
        return new(lines, input.Sales.Sum(sale => sale.Units), input.Refunds.Sum(refund => refund.Units), Money.Sum(input.Sales.Select(sale => sale.ItemPrice), terms.Currency),
            gross, -fee, -held, Money.Sum(input.DueReserves.Select(due => due.Amount), terms.Currency), input.Carry, net, payable, net.IsNegative ? net : zero,
            MoneyMath.Allocate(payable, [.. terms.Splits.Select(split => split.ShareBasisPoints)]));

        void AddBalance(StatementLineKind kind, Money of, Money amount, string formula)
        {
            if (!amount.IsZero) { lines.Add(new(lines.Count + 1, kind, 0, of, amount, formula, terms.Version)); }
        }
    }

    private static Money Reversed(LicenceTerms terms, RefundLine refund, Money refunded, Money accrued)
    {
        var price = refund.Sale.ItemPrice;
        if (refunded >= price || price.IsZero) { return accrued; }

        // A per-unit fee goes back with the share of the price that went back; a percent fee with the refunded money itself.
        return terms is { Mode: RoyaltyMode.Percent, Base: RoyaltyBase.Gross }
            ? MoneyMath.Share(refunded, terms.RateBasisPoints)
            : MoneyMath.Fraction(accrued, refunded.MinorUnits, price.MinorUnits);
    }

    private static string Formula(LicenceTerms terms, int units, Money amount, Money royalty) => terms.Mode is RoyaltyMode.Percent
        ? string.Create(CultureInfo.InvariantCulture, $"{units} units, {amount} x {Percent(terms.RateBasisPoints)} = {royalty}")
        : string.Create(CultureInfo.InvariantCulture, $"{units} units x {PerUnit(terms)} = {royalty}");

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static Money PerUnit(LicenceTerms terms) => terms.PerUnit ?? throw new InvalidOperationException("Per-unit terms name the fee per unit.");
}
