using Ccn.Domain;
using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Production;

/// <summary>A production order (<c>po_…</c>).</summary>
public sealed class OrderView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public string RfqId { get; internal set; } = "";
    public string QuoteId { get; internal set; } = "";
    public Supplier? Supplier { get; internal set; }
    public int Quantity { get; internal set; }
    public long UnitPriceMinor { get; internal set; }
    public long TotalMinor { get; internal set; }
    public long DepositMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;
    public string? ProviderReference { get; internal set; }
    public OrderState State { get; internal set; }
    public DateTimeOffset? PlacedAt { get; internal set; }
    public DateTimeOffset? DepositPaidAt { get; internal set; }
    public DateTimeOffset? BalancePaidAt { get; internal set; }

    /// <summary>Units counted on arrival, damaged ones included.</summary>
    public int? Received { get; internal set; }
    public int? Damaged { get; internal set; }
    public DateTimeOffset? ReceivedAt { get; internal set; }
    public DateTimeOffset? ClosedAt { get; internal set; }
    public DateTimeOffset? CanceledAt { get; internal set; }
    public string? CancelReason { get; internal set; }

    public Money UnitPrice => new(UnitPriceMinor, Currency);
    public Money Total => new(TotalMinor, Currency);
    public Money Deposit => new(DepositMinor, Currency);
}

/// <summary>States users see, in the order they are usually passed.</summary>
public enum OrderState { Placed, DepositPaid, SampleApproved, InProduction, ReadyForInspection, InspectionPassed, Rework, BalancePaid, Shipped, Received, Closed, Canceled }

internal sealed class OrderViewConfiguration : IEntityTypeConfiguration<OrderView>
{
    public void Configure(EntityTypeBuilder<OrderView> order)
    {
        order.ToTable("orders").HasKey(o => o.Id);
        order.Property(o => o.Supplier).IsJson();
        order.HasIndex(o => o.DesignId);
        order.HasIndex(o => o.RfqId);
    }
}
