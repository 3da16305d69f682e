using Ccn.Domain.Licences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Licences;

/// <summary>A licence from draft to end, as the registry and both parties see it.</summary>
public sealed class LicenceView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public string? BidId { get; internal set; }
    public string CreatorId { get; internal set; } = "";
    public string SellerId { get; internal set; } = "";

    /// <summary>The executable terms; null until the draft is on record.</summary>
    public LicenceTerms? Terms { get; internal set; }

    /// <summary>SHA-256 (hex) of the terms that were drafted.</summary>
    public string? TermsHash { get; internal set; }
    public LicenceState State { get; internal set; }
    public string? EnvelopeId { get; internal set; }
    public DateTimeOffset? DraftedAt { get; internal set; }
    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>Last instant at which it can be signed.</summary>
    public DateTimeOffset? ExpiresAt { get; internal set; }
    public int RemindersSent { get; internal set; }

    /// <summary>Who has signed and when, by user id.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Signatures { get; internal set; } = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
    public DateTimeOffset? EffectiveAt { get; internal set; }
    public DateTimeOffset? EndsAt { get; internal set; }
    public string? SealedCopyKey { get; internal set; }
    public string? SealedCopySha256 { get; internal set; }

    /// <summary>Declined, Expired or Voided; null otherwise.</summary>
    public string? NotSignedOutcome { get; internal set; }
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Why it was not signed or has ended.</summary>
    public string? Reason { get; internal set; }
    internal Stamp DraftStamp { get; set; }
    internal Stamp SentStamp { get; set; }
}

/// <summary>States users see. Declined, expired and voided are kept apart.</summary>
public enum LicenceState { Drafted, Sent, PartSigned, InForce, Declined, Expired, Voided, Ended }

internal sealed class LicenceViewConfiguration : IEntityTypeConfiguration<LicenceView>
{
    public void Configure(EntityTypeBuilder<LicenceView> licence)
    {
        licence.ToTable("licences").HasKey(l => l.Id);
        licence.Property(l => l.Terms).IsJson();
        licence.Property(l => l.Signatures).IsJson();
        licence.HasIndex(l => l.DesignId);
        licence.HasIndex(l => l.SellerId);
        licence.HasIndex(l => l.CreatorId);
        licence.HasIndex(l => l.EnvelopeId);
        licence.HasStamp(l => l.DraftStamp, "draft");
        licence.HasStamp(l => l.SentStamp, "sent");
    }
}
