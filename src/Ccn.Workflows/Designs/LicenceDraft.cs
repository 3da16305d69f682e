using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Workflows.Bids;

namespace Ccn.Workflows.Designs;

/// <summary>The accepted bid as the licence that both will sign.</summary>
internal static class LicenceDraft
{
    public static LicenceTerms From(string licenceId, DesignLifecycleInput design, SealedBid bid) =>
        BidLicence.Draft(licenceId, design.DesignId, design.Title, design.File.Sha256, design.CreatorId, bid.SellerId, bid.Terms, design.Template.Royalties);
}
