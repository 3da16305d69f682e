using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Bids;

/// <summary>One round of sealed bids on a design; the id is that of its workflow.</summary>
public sealed class BiddingView : IProjectionRow
{
    /// <summary><c>bidding/{designId}</c>, later rounds <c>bidding/{designId}/{round}</c>.</summary>
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public DateTimeOffset? OpenedAt { get; internal set; }
    public DateTimeOffset? ClosesAt { get; internal set; }

    /// <summary>Until then the creator chooses.</summary>
    public DateTimeOffset? DecideBy { get; internal set; }

    /// <summary>Lowest percent bid, in hundredths of a percent.</summary>
    public int FloorBasisPoints { get; internal set; }
    public BiddingState State { get; internal set; }
    public DateTimeOffset? RevealedAt { get; internal set; }

    /// <summary>The bid that was accepted in the round; a standby that took its place later is seen at the bids.</summary>
    public string? AcceptedBidId { get; internal set; }
    public DateTimeOffset? AcceptedAt { get; internal set; }

    /// <summary>Whether the best bid was taken without the creator.</summary>
    public bool Automatic { get; internal set; }
    public DateTimeOffset? LapsedAt { get; internal set; }
    public string? LapseReason { get; internal set; }
}

public enum BiddingState { Open, Revealed, Accepted, Lapsed }

internal sealed class BiddingViewConfiguration : IEntityTypeConfiguration<BiddingView>
{
    public void Configure(EntityTypeBuilder<BiddingView> bidding)
    {
        bidding.ToTable("biddings").HasKey(b => b.Id);
        bidding.HasIndex(b => b.DesignId);
        bidding.HasIndex(b => new { b.State, b.ClosesAt });
    }
}
