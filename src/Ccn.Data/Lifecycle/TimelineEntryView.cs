using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Lifecycle;

/// <summary>One step of a design's history in plain words.</summary>
public sealed class TimelineEntryView : IProjectionRow
{
    public required long Sequence { get; init; }
    public required string DesignId { get; init; }
    public required string EventId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The event's type, such as <c>bidding.accepted</c>.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence without names of people.</summary>
    public required string Summary { get; init; }

    public string? ActorId { get; init; }

    /// <summary>Whether visitors may see it; the rest is for the parties and staff.</summary>
    public required bool IsPublic { get; init; }
}

internal sealed class TimelineEntryViewConfiguration : IEntityTypeConfiguration<TimelineEntryView>
{
    public void Configure(EntityTypeBuilder<TimelineEntryView> entry)
    {
        entry.ToTable("timeline_entries").HasKey(e => e.Sequence);
        entry.Property(e => e.Sequence).ValueGeneratedNever();
        entry.HasIndex(e => new { e.DesignId, e.OccurredAt, e.Sequence });
    }
}
