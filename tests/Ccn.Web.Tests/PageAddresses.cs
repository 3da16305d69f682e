using System.Text.RegularExpressions;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Listings;
using Ccn.Api.Payouts;
using Ccn.Api.Production;
using Ccn.Api.Requests;
using Ccn.Api.Royalties;
using Ccn.Api.Sourcing;
using Ccn.Host.Demo;

namespace Ccn.Web.Tests;

/// <summary>Where each page is: its route with ids of the lived history, and who of the demo people may open it.</summary>
internal sealed partial class PageAddresses(IReadOnlyDictionary<string, string> ids, string creator, string seller)
{
    /// <summary>Looks for one thing of each kind whose parties are the same two people.</summary>
    /// <param name="supplierToken">Makes a supplier's personal link for a request, as the installation does: those of the history have expired since.</param>
    public static async Task<PageAddresses> FindAsync(Cast cast, Func<string, string, string> supplierToken)
    {
        var cancel = CancellationToken.None;
        var statement = (await cast.Finance.GetAsync<IReadOnlyList<StatementSummary>>("/v1/statements", cancel)).First(row => !row.Gross.IsZero);
        var licence = (await cast.Finance.GetAsync<LicenceDetail>($"/v1/licences/{statement.LicenceId}", cancel)).Licence;
        var creator = DemoPeople.Creators.First(person => cast[person.Handle].UserId == licence.CreatorId).Handle;
        var seller = DemoPeople.Sellers.First(person => cast[person.Handle].UserId == licence.SellerId).Handle;
        var contests = await cast[creator].GetAsync<IReadOnlyList<ContestSummary>>("/v1/contests", cancel);
        var held = await cast.Moderator.GetAsync<IReadOnlyList<DesignSummary>>("/v1/moderation", cancel);
        var rfqId = (await cast[seller].GetAsync<IReadOnlyList<RfqSummary>>("/v1/rfqs", cancel)).First(rfq => rfq.LicenceId == licence.LicenceId).RfqId;
        var invited = (await cast[seller].GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", cancel)).Invitations[0].SupplierId;
        return new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["DesignId"] = licence.DesignId, ["LicenceId"] = licence.LicenceId, ["StatementId"] = statement.StatementId, ["CreatorId"] = licence.CreatorId, ["SellerId"] = licence.SellerId,
            ["ContestId"] = contests[0].ContestId, ["HeldDesignId"] = held.Count > 0 ? held[0].DesignId : licence.DesignId, ["Code"] = "404",
            ["RfqId"] = rfqId,
            ["OrderId"] = (await cast[seller].GetAsync<IReadOnlyList<OrderSummary>>("/v1/orders", cancel)).First(order => order.DesignId == licence.DesignId).OrderId,
            ["ListingId"] = (await cast[seller].GetAsync<IReadOnlyList<ListingSummary>>("/v1/listings", cancel)).First(listing => listing.LicenceId == licence.LicenceId).ListingId,
            ["PayoutId"] = (await cast.Finance.GetAsync<IReadOnlyList<PayoutSummary>>("/v1/payouts", cancel))[0].PayoutId,
            ["PayeeId"] = licence.CreatorId,
            ["SupplierId"] = DemoSupplier.EchoPark.Id, ["Token"] = supplierToken(rfqId, invited),
        }, creator, seller);
    }

    public string PathOf(SitePage page) => Parameter().Replace(page.Template, match => ids.TryGetValue(match.Groups["name"].Value, out var id) ? id : throw new InvalidOperationException($"{page.Template}: nothing is known for {match.Value}"));

    /// <summary>The demo person who opens it; null for a visitor.</summary>
    public string? PersonOf(SitePage page) => page.Role switch
    {
        null => null,
        "creator" => creator,
        "seller" => seller,
        "member" when page.Template.Contains('{') => creator,
        "member" => "jonas",
        var role => role,
    };

    [GeneratedRegex(@"\{(?<name>\w+)(:\w+)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
