using Ccn.Domain.Production;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Production;

/// <summary>An inspection of an order: what was found and which plan decided.</summary>
public sealed class InspectionView : IProjectionRow
{
    public required string OrderId { get; init; }

    /// <summary>From 1; each rework brings another.</summary>
    public required int Number { get; init; }
    public required InspectionFindings Findings { get; init; }
    public required SamplingPlan Plan { get; init; }
    public required bool Passed { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed class InspectionViewConfiguration : IEntityTypeConfiguration<InspectionView>
{
    public void Configure(EntityTypeBuilder<InspectionView> inspection)
    {
        inspection.ToTable("inspections").HasKey(i => new { i.OrderId, i.Number });
        inspection.Property(i => i.Number).ValueGeneratedNever();
        inspection.Property(i => i.Findings).IsJson();
        inspection.Property(i => i.Plan).IsJson();
    }
}
