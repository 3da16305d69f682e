using Ccn.Domain.Production;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Production;

/// <summary>A fact the supplier reported. After rework the same milestone comes again.</summary>
public sealed class MilestoneView : IProjectionRow
{
    /// <summary>The event's place in the store.</summary>
    public required long Sequence { get; init; }
    public required string OrderId { get; init; }
    public required Milestone Milestone { get; init; }

    /// <summary>When it happened, as reported.</summary>
    public required DateTimeOffset At { get; init; }
    public string? Note { get; init; }
}

internal sealed class MilestoneViewConfiguration : IEntityTypeConfiguration<MilestoneView>
{
    public void Configure(EntityTypeBuilder<MilestoneView> milestone)
    {
        milestone.ToTable("order_milestones").HasKey(m => m.Sequence);
        milestone.Property(m => m.Sequence).ValueGeneratedNever();
        milestone.HasIndex(m => new { m.OrderId, m.At });
    }
}
