using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Contests;

/// <summary>A contest with its clock and, after the close, its result.</summary>
public sealed class ContestView : IProjectionRow
{
    public required string Id { get; init; }
    public string Title { get; internal set; } = "";
    public string Brief { get; internal set; } = "";
    public string Category { get; internal set; } = "";
    public ContestRules? Rules { get; internal set; }

    /// <summary>IANA zone in which its deadlines are worded.</summary>
    public string Zone { get; internal set; } = "UTC";

    /// <summary>Null until the opening is on record.</summary>
    public DateTimeOffset? OpensAt { get; internal set; }
    public DateTimeOffset? SubmissionsCloseAt { get; internal set; }
    public DateTimeOffset? VotingOpensAt { get; internal set; }
    public DateTimeOffset? VotingClosesAt { get; internal set; }

    /// <summary>When the fraud hold ends and the winner is named.</summary>
    public DateTimeOffset? DecidesAt { get; internal set; }

    /// <summary>Name users see; empty before the first phase.</summary>
    public string Phase { get; internal set; } = "";

    /// <summary>SHA-256 (hex) of the frozen ballot file.</summary>
    public string? TallyHash { get; internal set; }

    /// <summary>Valid ballots of the tally.</summary>
    public int? Ballots { get; internal set; }
    public DateTimeOffset? TalliedAt { get; internal set; }
    public DateTimeOffset? DecidedAt { get; internal set; }
    public string? WinnerDesignId { get; internal set; }
    internal Stamp PhaseStamp { get; set; }
    internal Stamp TallyStamp { get; set; }
    internal Stamp DecisionStamp { get; set; }
}

internal sealed class ContestViewConfiguration : IEntityTypeConfiguration<ContestView>
{
    public void Configure(EntityTypeBuilder<ContestView> contest)
    {
        contest.ToTable("contests").HasKey(c => c.Id);
        contest.Property(c => c.Rules).IsJson();
        contest.Property(c => c.Zone).HasMaxLength(60).HasDefaultValue("UTC");
        contest.HasIndex(c => c.VotingClosesAt);
        contest.HasStamp(c => c.PhaseStamp, "phase");
        contest.HasStamp(c => c.TallyStamp, "tally");
        contest.HasStamp(c => c.DecisionStamp, "decision");
    }
}
