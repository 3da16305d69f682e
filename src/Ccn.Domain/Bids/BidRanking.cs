using Ccn.Domain.Licences;

namespace Ccn.Domain.Bids;

/// <summary>One lodged bid, as the ranking reads it.</summary>
public sealed record LodgedBid(string BidId, DateTimeOffset LodgedAt, BidTerms Terms);

/// <summary>Bids on a common base: the royalty of the whole planned first run. Weights are published: nothing else counts.</summary>
public static class BidRanking
{
    /// <summary>Best first: larger royalty per planned run, then the higher royalty per unit, then the earlier bid, then the id.</summary>
    public static IReadOnlyList<LodgedBid> Rank(IEnumerable<LodgedBid> bids) =>
        [.. bids.OrderByDescending(bid => RoyaltyOfRun(bid.Terms).MinorUnits)
            .ThenByDescending(bid => RoyaltyPerUnit(bid.Terms).MinorUnits)
            .ThenBy(bid => bid.LodgedAt)
            .ThenBy(bid => bid.BidId, StringComparer.Ordinal)];

    /// <summary>Royalty if the planned run sells out at the planned price.</summary>
    public static Money RoyaltyOfRun(BidTerms terms) => terms.Mode is RoyaltyMode.Percent
        ? MoneyMath.Share(terms.PlannedPrice * terms.PlannedUnits, terms.RateBasisPoints)
        : PerUnit(terms) * terms.PlannedUnits;

    /// <summary>Royalty of one unit at the planned price.</summary>
    public static Money RoyaltyPerUnit(BidTerms terms) =>
        terms.Mode is RoyaltyMode.Percent ? MoneyMath.Share(terms.PlannedPrice, terms.RateBasisPoints) : PerUnit(terms);

    private static Money PerUnit(BidTerms terms) => terms.PerUnit ?? throw new ArgumentException("A per-unit bid names the fee per unit.", nameof(terms));
}
