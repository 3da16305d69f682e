using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Notifications;

/// <summary>A webhook message that was received with a good signature. The primary key makes a repeat visible.</summary>
public sealed class InboxMessage
{
    /// <summary><c>stripe</c>, <c>paypal</c>, <c>docusign</c>, <c>amazon</c>…</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own id of the message.</summary>
    public required string MessageId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 of the raw bytes the signature was checked on.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>The workflow that was signalled; null when the message concerns none.</summary>
    public string? WorkflowId { get; set; }

    /// <summary>When the signal was delivered; null when that still has to be done.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }
}

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> message)
    {
        message.ToTable("webhook_inbox").HasKey(m => new { m.Provider, m.MessageId });
        message.HasIndex(m => m.ReceivedAt).HasFilter("delivered_at is null");
    }
}
