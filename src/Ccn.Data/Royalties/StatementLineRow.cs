using Ccn.Data.Sales;
using Ccn.Domain;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Royalties;

/// <summary>A line of a statement. Drafts may be written again; once the statement's document is committed a trigger refuses any change.</summary>
public sealed class StatementLineRow
{
    public required string StatementId { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }
    public required StatementLineKind Kind { get; init; }
    public required int Units { get; init; }

    /// <summary>Price of one unit where all units have the same; null otherwise.</summary>
    public long? UnitPriceMinor { get; init; }

    /// <summary>What the rate was applied to.</summary>
    public required long BaseMinor { get; init; }

    /// <summary>Royalty, fee or balance; negative lowers what the creators get.</summary>
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary>The arithmetic in words.</summary>
    public required string Formula { get; init; }
    public string? OrderId { get; init; }

    /// <summary>The order line, or the order line a return reverses.</summary>
    public string? SaleLineId { get; init; }
    public string? RefundLineId { get; init; }
    public required int TermsVersion { get; init; }

    public Money Base => new(BaseMinor, Currency);
    public Money Amount => new(AmountMinor, Currency);
}

internal sealed class StatementLineRowConfiguration : IEntityTypeConfiguration<StatementLineRow>
{
    public void Configure(EntityTypeBuilder<StatementLineRow> line)
    {
        line.ToTable("statement_lines").HasKey(l => new { l.StatementId, l.Line });
        line.Property(l => l.Line).ValueGeneratedNever();
        line.HasOne<SaleLineRow>().WithMany().HasForeignKey(l => l.SaleLineId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<RefundLineRow>().WithMany().HasForeignKey(l => l.RefundLineId).OnDelete(DeleteBehavior.Restrict);
    }
}
