using Ccn.Data.Accounts;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sales;

/// <summary>One order line of a marketplace: unique by its order id and order item id, so that an order seen twice changes nothing.</summary>
public sealed class SaleLineRow
{
    public required string Id { get; init; }
    public required string SellerAccountId { get; init; }
    public required string Marketplace { get; init; }
    public required string MarketplaceOrderId { get; init; }
    public required string OrderItemId { get; init; }
    public required string Sku { get; init; }
    public string? Asin { get; set; }

    /// <summary>Units ordered; of a shipped line, units shipped.</summary>
    public required int Quantity { get; set; }

    /// <summary>Price of all units together, without shipping and tax. Null while the marketplace has not told it (pending orders).</summary>
    public long? ItemPriceMinor { get; set; }

    /// <summary>Seller-funded promotions of all units, zero or negative.</summary>
    public long PromotionsMinor { get; set; }
    public required string Currency { get; set; }
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>The royalty dates by it; null until the line has shipped.</summary>
    public DateTimeOffset? ShippedAt { get; set; }
    public SaleLineState State { get; set; }

    /// <summary>Where the line was seen: <c>notice</c>, <c>poll</c>, <c>report</c>, <c>settlement</c>.</summary>
    public string[] SourcesSeen { get; set; } = [];

    public string? ListingId { get; set; }
    public string? LicenceId { get; set; }

    /// <summary>Why no listing and licence were found, for the person who closes it; null when they were.</summary>
    public string? Break { get; set; }

    public DateTimeOffset RecordedAt { get; private init; }

    public Money? ItemPrice => ItemPriceMinor is { } minor ? new(minor, Currency) : null;
    public Money Promotions => new(PromotionsMinor, Currency);
}

public enum SaleLineState { Provisional, Shipped, PartlyRefunded, Refunded, Canceled }

internal sealed class SaleLineRowConfiguration : IEntityTypeConfiguration<SaleLineRow>
{
    public void Configure(EntityTypeBuilder<SaleLineRow> line)
    {
        line.ToTable("sale_lines", t =>
        {
            t.HasCheckConstraint("ck_sale_lines_quantity", "quantity >= 0");
            t.HasCheckConstraint("ck_sale_lines_promotions", "promotions_minor <= 0");
            t.HasCheckConstraint("ck_sale_lines_matched_or_break", "(licence_id is not null and listing_id is not null) or break is not null");
        });
        line.HasIndex(l => new { l.MarketplaceOrderId, l.OrderItemId }).IsUnique();
        line.HasIndex(l => new { l.LicenceId, l.ShippedAt });
        line.HasIndex(l => new { l.SellerAccountId, l.OrderedAt });
        line.HasIndex(l => l.RecordedAt).HasFilter("break is not null");
        line.HasOne<SellerAccount>().WithMany().HasForeignKey(l => l.SellerAccountId).OnDelete(DeleteBehavior.Restrict);
        line.Property(l => l.RecordedAt).HasDefaultValueSql("now()");
    }
}
