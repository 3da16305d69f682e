using Ccn.Domain;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Listings;

/// <summary>An offer on a marketplace. Sale lines find their licence through seller account, marketplace and SKU.</summary>
public sealed class ListingView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public string LicenceId { get; internal set; } = "";
    public string SellerId { get; internal set; } = "";
    public string SellerAccountId { get; internal set; } = "";
    public string Sku { get; internal set; } = "";
    public string Marketplace { get; internal set; } = "";
    public string? Title { get; internal set; }
    public long? PriceMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;

    /// <summary>Units on offer.</summary>
    public int Quantity { get; internal set; }
    public string? SubmissionId { get; internal set; }
    public string? Asin { get; internal set; }

    /// <summary>What the marketplace complained of at the last answer.</summary>
    public IReadOnlyList<ListingIssue> Issues { get; internal set; } = [];
    public ListingState State { get; internal set; }
    public DateTimeOffset? OpenedAt { get; internal set; }
    public DateTimeOffset? SubmittedAt { get; internal set; }
    public DateTimeOffset? BuyableAt { get; internal set; }
    public DateTimeOffset? EndedAt { get; internal set; }
    public string? EndReason { get; internal set; }

    public Money? Price => PriceMinor is { } minor ? new(minor, Currency) : null;

    internal Stamp StateStamp { get; set; }
    internal Stamp ContentStamp { get; set; }
    internal Stamp PriceStamp { get; set; }
    internal Stamp StockStamp { get; set; }
}

public enum ListingState { Checklist, Submitted, Issues, Buyable, Ended }

internal sealed class ListingViewConfiguration : IEntityTypeConfiguration<ListingView>
{
    public void Configure(EntityTypeBuilder<ListingView> listing)
    {
        listing.ToTable("listings").HasKey(l => l.Id);
        listing.Property(l => l.Issues).IsJson();
        listing.HasIndex(l => l.DesignId);
        listing.HasIndex(l => l.LicenceId);
        listing.HasIndex(l => l.SellerId);
        listing.HasIndex(l => new { l.SellerAccountId, l.Marketplace, l.Sku });
        listing.HasStamp(l => l.StateStamp, "state");
        listing.HasStamp(l => l.ContentStamp, "content");
        listing.HasStamp(l => l.PriceStamp, "price");
        listing.HasStamp(l => l.StockStamp, "stock");
    }
}
