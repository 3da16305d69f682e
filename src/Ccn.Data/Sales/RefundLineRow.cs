using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sales;

/// <summary>One refund event of the marketplace's finances: unique by the provider's event id, so that it reverses once.</summary>
public sealed class RefundLineRow
{
    public required string Id { get; init; }
    public required string ProviderEventId { get; init; }

    /// <summary>The line it reverses; null with a <see cref="Break"/> while that line is not known.</summary>
    public string? SaleLineId { get; set; }
    public required string MarketplaceOrderId { get; init; }
    public required string OrderItemId { get; init; }
    public required int Units { get; init; }

    /// <summary>Item money given back, positive, without shipping and tax.</summary>
    public required long ItemRefundMinor { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset RefundedAt { get; init; }

    /// <summary>Why the refund could not be applied in full, for the person who closes it.</summary>
    public string? Break { get; set; }
    public DateTimeOffset RecordedAt { get; private init; }

    public Money ItemRefund => new(ItemRefundMinor, Currency);
}

internal sealed class RefundLineRowConfiguration : IEntityTypeConfiguration<RefundLineRow>
{
    public void Configure(EntityTypeBuilder<RefundLineRow> refund)
    {
        refund.ToTable("refund_lines", t =>
        {
            t.HasCheckConstraint("ck_refund_lines_amount", "units >= 0 and item_refund_minor >= 0");
            t.HasCheckConstraint("ck_refund_lines_line_or_break", "sale_line_id is not null or break is not null");
        });
        refund.HasIndex(r => r.ProviderEventId).IsUnique();
        refund.HasIndex(r => r.RefundedAt);
        refund.HasIndex(r => new { r.MarketplaceOrderId, r.OrderItemId });
        refund.HasOne<SaleLineRow>().WithMany().HasForeignKey(r => r.SaleLineId).OnDelete(DeleteBehavior.Restrict);
        refund.Property(r => r.RecordedAt).HasDefaultValueSql("now()");
    }
}
