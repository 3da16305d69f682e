using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Listings;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class MyListings
{
    [Inject] private ListingQueries Queries { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<ListingSummary>? Listings { get; set; }
    private SellerAccountSummary? Account { get; set; }
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var listings = await Queries.ListAsync(Http.RequestAborted);
        Designs = await DesignQueries.ByIdAsync(listings.Select(listing => listing.DesignId), Http.RequestAborted);
        Account = await Accounts.FindSellerAccountAsync(Http.RequestAborted);
        Listings = listings;
    }
}
