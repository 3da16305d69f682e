using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Contests;

/// <summary>A design in a contest; rank and score are null until the ballots are frozen and counted.</summary>
public sealed class ContestEntryView : IProjectionRow
{
    public required string ContestId { get; init; }
    public required string DesignId { get; init; }
    public string CreatorId { get; internal set; } = "";

    /// <summary>SHA-256 (hex) of the version that was entered.</summary>
    public string DesignVersionHash { get; internal set; } = "";
    public DateTimeOffset? EnteredAt { get; internal set; }
    public int? Rank { get; internal set; }
    public double? Score { get; internal set; }
    public int? Ballots { get; internal set; }

    /// <summary>The figures that gave the rank, in words.</summary>
    public string? Reason { get; internal set; }
}

internal sealed class ContestEntryViewConfiguration : IEntityTypeConfiguration<ContestEntryView>
{
    public void Configure(EntityTypeBuilder<ContestEntryView> entry)
    {
        entry.ToTable("contest_entries").HasKey(e => new { e.ContestId, e.DesignId });
        entry.HasIndex(e => e.DesignId);
        entry.HasIndex(e => new { e.ContestId, e.Rank });
    }
}
