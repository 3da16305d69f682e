using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Contests;

/// <summary>A member's score for an entry: one per member and design, the last one inside the window counts.</summary>
public sealed class Ballot
{
    public required string ContestId { get; init; }
    public required string DesignId { get; init; }
    public required string MemberId { get; init; }

    /// <summary>1 to 5.</summary>
    public required short Score { get; set; }

    /// <summary>When this score was cast.</summary>
    public required DateTimeOffset CastAt { get; set; }

    /// <summary>1 for the first score, one more for each change.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Left out of the count after a fraud check; the ballot and the reason stay.</summary>
    public DateTimeOffset? VoidedAt { get; set; }
    public string? VoidReason { get; set; }
}

internal sealed class BallotConfiguration : IEntityTypeConfiguration<Ballot>
{
    public void Configure(EntityTypeBuilder<Ballot> ballot)
    {
        ballot.ToTable("ballots", t =>
        {
            t.HasCheckConstraint("ck_ballots_score", "score between 1 and 5");
            t.HasCheckConstraint("ck_ballots_void_reason", "(voided_at is null) = (void_reason is null)");
        });
        ballot.HasKey(b => new { b.ContestId, b.DesignId, b.MemberId });
        ballot.HasIndex(b => new { b.MemberId, b.ContestId });
    }
}
