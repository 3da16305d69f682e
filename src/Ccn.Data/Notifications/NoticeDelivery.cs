using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Notifications;

public enum NoticeChannel { Email, Push }

/// <summary>A notice that has to leave the site by a channel. Written with the notice, so that neither is ever there without the other; delivered by the workflow <c>NoticeDelivery</c>.</summary>
public sealed class NoticeDelivery
{
    public required string UserId { get; init; }

    public required string EventId { get; init; }

    public required NoticeChannel Channel { get; init; }

    /// <summary>Instant of the notice: the oldest go out first.</summary>
    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Attempts so far that nobody answered.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried again after those; null when it was not tried yet.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Why it can never be delivered, in the receiving side's words; null while that is not known.</summary>
    public string? Failure { get; set; }
}

internal sealed class NoticeDeliveryConfiguration : IEntityTypeConfiguration<NoticeDelivery>
{
    public void Configure(EntityTypeBuilder<NoticeDelivery> delivery)
    {
        delivery.ToTable("notice_deliveries").HasKey(d => new { d.UserId, d.EventId, d.Channel });
        delivery.Property(d => d.Channel).HasConversion<string>();
        delivery.HasIndex(d => d.At).HasFilter("sent_at is null and failure is null").HasDatabaseName("ix_notice_deliveries_due");
    }
}
