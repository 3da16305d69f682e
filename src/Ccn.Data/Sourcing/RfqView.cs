using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sourcing;

/// <summary>A request for quotation.</summary>
public sealed class RfqView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public string LicenceId { get; internal set; } = "";
    public string SellerId { get; internal set; } = "";
    public int Quantity { get; internal set; }
    public string Specification { get; internal set; } = "";
    public DateTimeOffset? OpenedAt { get; internal set; }
    public RfqState State { get; internal set; }
    public string? ApprovedQuoteId { get; internal set; }
    public DateTimeOffset? ApprovedAt { get; internal set; }

    /// <summary>When and why it was closed without a quote.</summary>
    public DateTimeOffset? ClosedAt { get; internal set; }
    public string? CloseReason { get; internal set; }

    /// <summary>What the creator was told when the answers took long.</summary>
    public string? DelayMessage { get; internal set; }
    public DateTimeOffset? CreatorToldAt { get; internal set; }
}

public enum RfqState { Open, Quoted, Approved, Closed }

internal sealed class RfqViewConfiguration : IEntityTypeConfiguration<RfqView>
{
    public void Configure(EntityTypeBuilder<RfqView> rfq)
    {
        rfq.ToTable("rfqs").HasKey(r => r.Id);
        rfq.HasIndex(r => r.DesignId);
        rfq.HasIndex(r => r.LicenceId);
        rfq.HasIndex(r => r.SellerId);
    }
}
