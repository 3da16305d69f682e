using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Contests;

/// <summary>
/// Decides whether a contest takes ballots. Not a projection: rebuilding the projections during a vote must neither lose
/// the freeze nor lock voters out. The row is made when the contest's opening is stored.
/// </summary>
public sealed class BallotBoxRow
{
    public required string ContestId { get; init; }
    public required DateTimeOffset OpensAt { get; init; }
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>From then on no ballot is taken, whatever the clock of the machine that asks says.</summary>
    public DateTimeOffset? FrozenAt { get; set; }
}

internal sealed class BallotBoxRowConfiguration : IEntityTypeConfiguration<BallotBoxRow>
{
    public void Configure(EntityTypeBuilder<BallotBoxRow> box) => box.ToTable("ballot_boxes").HasKey(b => b.ContestId);
}
