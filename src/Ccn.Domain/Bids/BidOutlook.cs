using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Royalties;

namespace Ccn.Domain.Bids;

/// <summary>How well a product sells.</summary>
public enum Demand { Low, Middle, High }

/// <summary>The same number of units for every bid, so that bids are compared by their terms and not by their sellers' hopes.</summary>
/// <param name="Units">Sold over the term, none returned.</param>
public sealed record DemandScenario(Demand Demand, int Units);

/// <summary>What a bid earns in one scenario.</summary>
/// <param name="Sales">Item money at the planned price.</param>
/// <param name="Royalty">Before CCN's fee.</param>
/// <param name="Net">What the creator gets.</param>
public sealed record BidForecast(DemandScenario Scenario, Money Sales, Money Royalty, Money Fee, Money Net);

/// <summary>Bids side by side: each as the licence that accepting it would draft, run through the royalty engine.</summary>
public static class BidOutlook
{
    /// <summary>More than any run that is planned; the search for a goal ends there.</summary>
    private const int MostUnits = 10_000_000;

    /// <summary>Half, once and twice the middle one of the first runs that the sellers plan (of two middle ones the smaller).</summary>
    public static IReadOnlyList<DemandScenario> Scenarios(IReadOnlyCollection<BidTerms> bids)
    {
        if (bids.Count == 0) { return []; }

        var middle = bids.Select(bid => bid.PlannedUnits).Order().ElementAt((bids.Count - 1) / 2);
        return [new(Demand.Low, Math.Max(1, middle / 2)), new(Demand.Middle, middle), new(Demand.High, (int)Math.Min(2L * middle, MostUnits))];
    }

    /// <summary>What the terms earn when <see cref="DemandScenario.Units"/> units sell at the planned price, each in an order of its own, as most are at Amazon.</summary>
    public static BidForecast Forecast(BidTerms bid, RoyaltyRules rules, DemandScenario scenario)
    {
        var terms = Licence(bid, rules);
        var royalty = OfUnit(terms, bid) * scenario.Units;
        var fee = RoyaltyEngine.FeeOf(terms, royalty);
        return new(scenario, bid.PlannedPrice * scenario.Units, royalty, fee, royalty - fee);
    }

    /// <summary>How many units must sell until the creator's part reaches <paramref name="goal"/>; null when no realistic number does.</summary>
    public static int? UnitsUntil(BidTerms bid, RoyaltyRules rules, Money goal)
    {
        if (Net(MostUnits) < goal) { return null; }

        var (below, reached) = (0, MostUnits);
        while (reached - below > 1)
        {
            var middle = below + ((reached - below) / 2);
            if (Net(middle) < goal) { below = middle; } else { reached = middle; }
        }

        return reached;

        Money Net(int units) => Forecast(bid, rules, new(Demand.Middle, units)).Net;
    }

    private static Money OfUnit(LicenceTerms terms, BidTerms bid) =>
        RoyaltyEngine.Of(terms, new SaleLine("", "", DateTimeOffset.UnixEpoch, 1, bid.PlannedPrice, Money.Zero(bid.PlannedPrice.Currency)));

    // Ids play no part in the arithmetic.
    private static LicenceTerms Licence(BidTerms bid, RoyaltyRules rules) => BidLicence.Draft("", "", "", "", "", "", bid, rules);
}
