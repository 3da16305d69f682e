using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>Everything that the reference journey made, as its owners see it.</summary>
internal static class ReferenceResources
{
    public static IReadOnlyList<Resource> Of(Cast people, JourneyResult journey)
    {
        var (creator, seller) = (people["mara"], people["northlight"]);
        return
        [
            new(creator, $"/v1/designs/{journey.DesignId}"), new(creator, $"/v1/designs/{journey.DesignId}/timeline"), new(creator, $"/v1/designs/{journey.DesignId}/bids"),
            new(creator, $"/v1/contests/{journey.ContestId}"), new(creator, $"/v1/licences/{journey.LicenceId}"), new(seller, $"/v1/rfqs/{journey.RfqId}"), new(seller, $"/v1/orders/{journey.OrderId}"),
            new(seller, $"/v1/listings/{journey.ListingId}"), new(seller, $"/v1/sales?licenceId={journey.LicenceId}&limit=100"), new(creator, $"/v1/statements?licenceId={journey.LicenceId}"),
            new(creator, $"/v1/statements/{journey.StatementId}"), new(creator, $"/v1/statements/{journey.StatementId}/document"), new(creator, $"/v1/statements/{journey.CorrectionStatementId}"),
            new(creator, "/v1/payouts"), new(creator, $"/v1/payouts/{journey.PayoutId}"), new(creator, $"/v1/payees/{creator.UserId}/status"), new(creator, "/v1/me/balance"),
        ];
    }
}
