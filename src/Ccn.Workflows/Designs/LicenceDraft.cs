using Ccn.Domain.Licences;
using Ccn.Workflows.Bids;

namespace Ccn.Workflows.Designs;

/// <summary>The accepted bid as executable terms. Everything that runs the money later is frozen here.</summary>
internal static class LicenceDraft
{
    /// <summary>Amazon's marketplace of the first release.</summary>
    private const string Territory = "US";

    public static LicenceTerms From(string licenceId, DesignLifecycleInput design, SealedBid bid)
    {
        var royalties = design.Template.Royalties;
        return new(licenceId, 1, design.DesignId, design.Title, design.File.Sha256, design.CreatorId, bid.SellerId,
            bid.Terms.Mode, RoyaltyBase.Gross, bid.Terms.RateBasisPoints, bid.Terms.PerUnit, bid.Terms.PlannedPrice.Currency,
            bid.Terms.Exclusive, Territory, bid.Terms.TermMonths, royalties.Zone,
            royalties.PlatformFeeBasisPoints, royalties.ReserveBasisPoints, royalties.ReserveReleaseDays, royalties.ClearanceDays,
            [new RoyaltySplit(design.CreatorId, 10_000)]);
    }
}
