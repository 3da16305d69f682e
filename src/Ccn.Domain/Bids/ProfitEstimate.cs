using Ccn.Domain.Listings;

namespace Ccn.Domain.Bids;

/// <summary>What a seller plans to make and sell; all amounts in one currency.</summary>
/// <param name="UnitCost">What the supplier takes for one unit.</param>
/// <param name="Shipping">Freight and duty of one unit to the warehouse.</param>
/// <param name="Tooling">Paid once, before the first unit.</param>
/// <param name="Fees">What Amazon takes of one unit at the planned price.</param>
public sealed record ProfitPlan(BidTerms Terms, Money UnitCost, Money Shipping, Money Tooling, AmazonFeeQuote Fees);

/// <summary>The result after so many units of the run are sold.</summary>
public sealed record ProfitPoint(int Units, Money Profit);

/// <summary>What a plan leaves for the seller.</summary>
/// <param name="ToolingPerUnit">The tooling spread over the run, for the reader; the run counts the whole.</param>
/// <param name="ProfitPerUnit">The run's profit spread over its units.</param>
/// <param name="MarginBasisPoints">Profit of the run as a share of its sales.</param>
/// <param name="Outlay">What is spent before the first sale: the run and its tooling.</param>
/// <param name="ProfitOfRun">When every unit is sold at the planned price.</param>
/// <param name="BreakEvenUnits">Units to sell until the outlay is back; null when a sale brings nothing, or the whole run does not get there.</param>
/// <param name="Curve">From nothing sold to all sold.</param>
public sealed record ProfitEstimate(Money Royalty, Money RoyaltyOfRun, Money ToolingPerUnit, Money ProfitPerUnit, int MarginBasisPoints, Money Outlay, Money ProfitOfRun,
    int? BreakEvenUnits, IReadOnlyList<ProfitPoint> Curve)
{
    private const int CurveSteps = 10;

    /// <summary>The estimate of a plan whose terms can be lodged.</summary>
    public static ProfitEstimate Of(ProfitPlan plan)
    {
        var (price, units) = (plan.Terms.PlannedPrice, plan.Terms.PlannedUnits);
        var royalty = BidRanking.RoyaltyPerUnit(plan.Terms);

        // Goods are bought before any is sold, so a sale is measured by what it brings in.
        var outlay = ((plan.UnitCost + plan.Shipping) * units) + plan.Tooling;
        var perSale = price - plan.Fees.Total - royalty;
        var profit = (perSale * units) - outlay;
        return new(royalty, BidRanking.RoyaltyOfRun(plan.Terms), MoneyMath.Fraction(plan.Tooling, 1, units), MoneyMath.Fraction(profit, 1, units),
            (int)MoneyMath.Fraction(profit * 10_000, 1, (price * units).MinorUnits).MinorUnits, outlay, profit, BreakEven(outlay, perSale, units), Curved(outlay, perSale, units));
    }

    private static int? BreakEven(Money outlay, Money perSale, int units)
    {
        if (perSale.MinorUnits <= 0) { return null; }

        var needed = (outlay.MinorUnits + perSale.MinorUnits - 1) / perSale.MinorUnits;
        return needed <= units ? (int)needed : null;
    }

    private static IReadOnlyList<ProfitPoint> Curved(Money outlay, Money perSale, int units) =>
        [.. Enumerable.Range(0, CurveSteps + 1).Select(step => (int)((long)units * step / CurveSteps)).Distinct().Select(sold => new ProfitPoint(sold, (perSale * sold) - outlay))];
}
