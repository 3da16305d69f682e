using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;

namespace Ccn.Data.Listings;

/// <summary>Listings as the marketplace shows them.</summary>
internal static class ListingProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var listingId = e.Data switch
        {
            ListingOpened opened => opened.ListingId,
            ListingSubmitted submitted => submitted.ListingId,
            ListingIssuesFound issues => issues.ListingId,
            ListingBuyable buyable => buyable.ListingId,
            ListingPriceChanged price => price.ListingId,
            ListingStockChanged stock => stock.ListingId,
            ListingEnded ended => ended.ListingId,
            _ => null,
        };
        if (listingId is null) { return; }

        var listing = await db.Listings.RowAsync(() => new() { Id = listingId }, cancel, listingId);
        if (e.DesignId is not null) { listing.DesignId = e.DesignId; }

        switch (e.Data)
        {
            case ListingOpened opened:
                (listing.OpenedAt, listing.LicenceId, listing.SellerId) = (e.OccurredAt, opened.LicenceId, opened.SellerId);
                (listing.SellerAccountId, listing.Sku, listing.Marketplace) = (opened.SellerAccountId, opened.Sku, opened.Marketplace);
                SetState(listing, e, ListingState.Checklist);
                break;
            case ListingSubmitted submitted:
                Submit(listing, submitted, e);
                break;
            case ListingIssuesFound issues:
                SetState(listing, e, ListingState.Issues, issues.Issues);
                break;
            case ListingBuyable buyable:
                (listing.Asin, listing.BuyableAt) = (buyable.Asin, listing.BuyableAt is { } first && first < e.OccurredAt ? first : e.OccurredAt);
                SetState(listing, e, ListingState.Buyable);
                break;
            case ListingPriceChanged price:
                SetPrice(listing, e, price.Price);
                break;
            case ListingStockChanged stock:
                SetStock(listing, e, stock.Quantity);
                break;
            case ListingEnded ended:
                (listing.EndedAt, listing.EndReason) = (e.OccurredAt, ended.Reason);
                break;
        }

        // Whatever is told of an ended listing later, it stays ended.
        if (listing.EndedAt is not null) { listing.State = ListingState.Ended; }
    }

    private static void Submit(ListingView listing, ListingSubmitted submitted, StoredEvent e)
    {
        if (e.Stamp.Follows(listing.ContentStamp))
        {
            (listing.ContentStamp, listing.SubmittedAt, listing.Title, listing.SubmissionId) = (e.Stamp, e.OccurredAt, submitted.Title, submitted.SubmissionId);
        }

        SetState(listing, e, ListingState.Submitted);
        SetPrice(listing, e, submitted.Price);
        SetStock(listing, e, submitted.Quantity);
    }

    private static void SetState(ListingView listing, StoredEvent e, ListingState state, IReadOnlyList<ListingIssue>? issues = null)
    {
        if (e.Stamp.Follows(listing.StateStamp)) { (listing.StateStamp, listing.State, listing.Issues) = (e.Stamp, state, issues ?? []); }
    }

    private static void SetPrice(ListingView listing, StoredEvent e, Money price)
    {
        if (e.Stamp.Follows(listing.PriceStamp)) { (listing.PriceStamp, listing.PriceMinor, listing.Currency) = (e.Stamp, price.MinorUnits, price.Currency); }
    }

    private static void SetStock(ListingView listing, StoredEvent e, int quantity)
    {
        if (e.Stamp.Follows(listing.StockStamp)) { (listing.StockStamp, listing.Quantity) = (e.Stamp, quantity); }
    }
}
