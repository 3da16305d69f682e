using Ccn.Domain.Bids;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Bids;

/// <summary>A bid. While it is sealed the database has only its receipt: nobody can read what the workflow alone knows.</summary>
public sealed class BidView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";

    /// <summary>The round; null until an event of the round names the bid.</summary>
    public string? BiddingId { get; internal set; }
    public string SellerId { get; internal set; } = "";

    /// <summary>What the seller can prove the sealed bid with.</summary>
    public string? Receipt { get; internal set; }
    public DateTimeOffset? LodgedAt { get; internal set; }
    public BidState State { get; internal set; }

    /// <summary>Null while sealed.</summary>
    public BidTerms? Terms { get; internal set; }

    /// <summary>1 is best; null while sealed.</summary>
    public int? Rank { get; internal set; }
    public DateTimeOffset? RevealedAt { get; internal set; }
    public DateTimeOffset? WithdrawnAt { get; internal set; }
    public DateTimeOffset? StandbyOfferedAt { get; internal set; }
    public DateTimeOffset? StandbyUntil { get; internal set; }
    public DateTimeOffset? StandbyAnsweredAt { get; internal set; }
    public bool? StandbyAccepted { get; internal set; }
    public bool? StandbyTimedOut { get; internal set; }
    internal Stamp LodgedStamp { get; set; }
    internal Stamp WithdrawnStamp { get; set; }
    internal Stamp OfferStamp { get; set; }
    internal Stamp AnswerStamp { get; set; }
}

internal sealed class BidViewConfiguration : IEntityTypeConfiguration<BidView>
{
    public void Configure(EntityTypeBuilder<BidView> bid)
    {
        bid.ToTable("bids").HasKey(b => b.Id);
        bid.Property(b => b.Terms).IsJson();
        bid.HasIndex(b => b.DesignId);
        bid.HasIndex(b => new { b.SellerId, b.LodgedAt });
        bid.HasStamp(b => b.LodgedStamp, "lodged");
        bid.HasStamp(b => b.WithdrawnStamp, "withdrawn");
        bid.HasStamp(b => b.OfferStamp, "offer");
        bid.HasStamp(b => b.AnswerStamp, "answer");
    }
}
