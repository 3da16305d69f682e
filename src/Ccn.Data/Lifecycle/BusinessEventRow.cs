using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Lifecycle;

/// <summary>A stored business fact. Rows are only added; triggers refuse everything else, whoever asks.</summary>
public sealed class BusinessEventRow
{
    /// <summary>Place in the store. Gaps mean nothing: a repeated event takes a number too.</summary>
    public long Sequence { get; private init; }

    public required string EventId { get; init; }
    public string? DesignId { get; init; }
    public required string Source { get; init; }
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>The database's own clock.</summary>
    public DateTimeOffset RecordedAt { get; private init; }

    public string? ActorId { get; init; }

    /// <summary>The discriminator of <see cref="Data"/>, such as <c>bidding.accepted</c>.</summary>
    public required string Type { get; init; }

    public required EventData Data { get; init; }
}

internal sealed class BusinessEventRowConfiguration : IEntityTypeConfiguration<BusinessEventRow>
{
    public void Configure(EntityTypeBuilder<BusinessEventRow> row)
    {
        row.ToTable("business_events").HasKey(e => e.Sequence);
        row.Property(e => e.Sequence).UseIdentityAlwaysColumn();
        row.HasIndex(e => e.EventId).IsUnique();
        row.HasIndex(e => new { e.DesignId, e.Sequence });
        row.Property(e => e.RecordedAt).HasDefaultValueSql("now()");
        row.Property(e => e.Data).IsJson();
    }
}
