using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Listings;
using Ccn.Domain;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Listings;

public sealed record ListingSummary(string ListingId, string DesignId, string LicenceId, string SellerId, string Sku, string Marketplace, string? Title, Money? Price, int Quantity, ListingState State, string? Asin,
    IReadOnlyList<ListingIssue> Issues, DateTimeOffset? OpenedAt, DateTimeOffset? BuyableAt);

public sealed class ListingQueries(CcnDbContext db, CurrentUser user)
{
    public async Task<IReadOnlyList<ListingSummary>> ListAsync(CancellationToken cancel)
    {
        var (reader, staff) = (user.Id, user.IsStaff);
        return [.. (await db.Listings.AsNoTracking().Where(row => staff || row.SellerId == reader).OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Id).Take(500).ToListAsync(cancel)).Select(Summary)];
    }

    /// <summary>For the seller, the creator of the design, and staff.</summary>
    public async Task<ListingSummary> GetAsync(string listingId, CancellationToken cancel)
    {
        var listing = await db.Listings.AsNoTracking().SingleOrDefaultAsync(row => row.Id == listingId, cancel) ?? throw ProblemException.NotFound("listing");
        var reader = user.Id;
        var allowed = listing.SellerId == reader || user.IsStaff || await db.Designs.AnyAsync(design => design.Id == listing.DesignId && design.CreatorId == reader, cancel);
        return allowed ? Summary(listing) : throw ProblemException.NotFound("listing");
    }

    /// <summary>Units that may be offered: what arrived undamaged of the design's orders.</summary>
    public async Task<int> SellableAsync(string designId, CancellationToken cancel) =>
        await db.Orders.Where(order => order.DesignId == designId && order.Received != null).SumAsync(order => (order.Received ?? 0) - (order.Damaged ?? 0), cancel);

    private static ListingSummary Summary(ListingView row) => new(row.Id, row.DesignId, row.LicenceId, row.SellerId, row.Sku, row.Marketplace, row.Title, row.Price, row.Quantity, row.State, row.Asin, row.Issues, row.OpenedAt, row.BuyableAt);
}
