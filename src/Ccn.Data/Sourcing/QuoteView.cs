using Ccn.Domain;
using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sourcing;

/// <summary>A supplier's offer.</summary>
public sealed class QuoteView : IProjectionRow
{
    public required string Id { get; init; }
    public string RfqId { get; internal set; } = "";
    public string SupplierId { get; internal set; } = "";

    /// <summary>The offer with its price breaks; null until it is on record.</summary>
    public Quote? Quote { get; internal set; }
    public DateTimeOffset? ReceivedAt { get; internal set; }
    public DateTimeOffset? ValidUntil { get; internal set; }
    public QuoteState State { get; internal set; }
    public DateTimeOffset? StaleAt { get; internal set; }
    public DateTimeOffset? ApprovedAt { get; internal set; }
    public int? ApprovedQuantity { get; internal set; }
    public long? ApprovedUnitPriceMinor { get; internal set; }
    public long? ApprovedTotalMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;

    public Money? ApprovedUnitPrice => ApprovedUnitPriceMinor is { } minor ? new(minor, Currency) : null;
    public Money? ApprovedTotal => ApprovedTotalMinor is { } minor ? new(minor, Currency) : null;

}

public enum QuoteState { Open, Stale, Approved, NotChosen }

internal sealed class QuoteViewConfiguration : IEntityTypeConfiguration<QuoteView>
{
    public void Configure(EntityTypeBuilder<QuoteView> quote)
    {
        quote.ToTable("quotes").HasKey(q => q.Id);
        quote.Property(q => q.Quote).IsJson();
        quote.HasIndex(q => q.RfqId);
    }
}
