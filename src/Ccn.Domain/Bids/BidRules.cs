using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Bids;

/// <summary>Which bids may be lodged.</summary>
public static class BidRules
{
    /// <summary>Why the terms cannot be lodged, or null when they can. The floor holds for both modes: a fee per unit counts as its share of the planned price.</summary>
    public static string? Refuse(BidTerms terms, BiddingRules rules)
    {
        if (!Currencies.IsKnown(terms.PlannedPrice.Currency)) { return "The currency of the planned price is not known."; }
        if (terms.PlannedPrice.MinorUnits <= 0) { return "The planned price is above zero."; }
        if (terms.PlannedUnits <= 0) { return "The planned run has at least one unit."; }
        if (terms.TermMonths is < 1 or > 120) { return "The term is 1 to 120 months."; }

        return terms.Mode is RoyaltyMode.Percent ? RefusePercent(terms, rules) : RefusePerUnit(terms, rules);
    }

    private static string? RefusePercent(BidTerms terms, BiddingRules rules) => terms.RateBasisPoints switch
    {
        var rate when rate < rules.FloorBasisPoints => BelowFloor(rules),
        > 10_000 => "The rate is at most 100 %.",
        _ => null,
    };

    private static string? RefusePerUnit(BidTerms terms, BiddingRules rules)
    {
        if (terms.PerUnit is not { } fee || fee.MinorUnits <= 0) { return "A per-unit bid names the fee per unit."; }
        if (fee.Currency != terms.PlannedPrice.Currency) { return "The fee is in the currency of the planned price."; }
        if (fee > terms.PlannedPrice) { return "The fee per unit is at most the planned price."; }

        return (Int128)fee.MinorUnits * 10_000 < (Int128)terms.PlannedPrice.MinorUnits * rules.FloorBasisPoints ? BelowFloor(rules) : null;
    }

    private static string BelowFloor(BiddingRules rules) => FormattableString.Invariant($"The bid is below the floor of {rules.FloorBasisPoints / 100m:0.##} %.");
}
