using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Bids;

/// <summary>The licence that a bid becomes when it is accepted.</summary>
public static class BidLicence
{
    /// <summary>Amazon's marketplace of the first release.</summary>
    private const string Territory = "US";

    /// <summary>The bid as executable terms, all of the royalty to the creator. Everything that runs the money later is frozen here.</summary>
    public static LicenceTerms Draft(string licenceId, string designId, string designTitle, string designVersionHash, string creatorId, string sellerId, BidTerms bid, RoyaltyRules rules) => new(
        licenceId, 1, designId, designTitle, designVersionHash, creatorId, sellerId,
        bid.Mode, RoyaltyBase.Gross, bid.RateBasisPoints, bid.PerUnit, bid.PlannedPrice.Currency,
        bid.Exclusive, Territory, bid.TermMonths, rules.Zone,
        rules.PlatformFeeBasisPoints, rules.ReserveBasisPoints, rules.ReserveReleaseDays, rules.ClearanceDays,
        [new RoyaltySplit(creatorId, 10_000)]);
}
