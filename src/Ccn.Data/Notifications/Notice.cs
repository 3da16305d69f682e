using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Notifications;

/// <summary>Something a person is told. A fact of its own, not a projection: what was read stays read when the projections are made anew.</summary>
public sealed class Notice
{
    public required string UserId { get; init; }

    /// <summary>Id of the business event or comment that it tells of: told once.</summary>
    public required string EventId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The event's type, such as <c>bidding.accepted</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about: the design's title at that time, or a payout with its amount; null when it is about neither.</summary>
    public string? Title { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    public string? DesignId { get; init; }

    /// <summary>Whether it decides something or asks for something: such notices leave the site by default.</summary>
    public bool IsImportant { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("notices").HasKey(n => new { n.UserId, n.EventId });
        notice.HasIndex(n => new { n.UserId, n.At });
        notice.HasIndex(n => n.UserId).HasFilter("read_at is null").HasDatabaseName("ix_notices_unread");
    }
}
