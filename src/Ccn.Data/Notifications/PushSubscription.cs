using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Notifications;

/// <summary>A browser that shows a person's notices (Push API): the push service's address for it, and the keys that only this browser can decrypt for.</summary>
public sealed class PushSubscription
{
    /// <summary>Address at the browser vendor's push service. A secret: whoever knows it and the keys can send.</summary>
    public required string Endpoint { get; init; }

    public required string UserId { get; set; }

    /// <summary>The browser's public key, base64url (RFC 8291).</summary>
    public required string P256dh { get; set; }

    /// <summary>The browser's authentication secret, base64url (RFC 8291).</summary>
    public required string Auth { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> subscription)
    {
        subscription.ToTable("push_subscriptions").HasKey(s => s.Endpoint);
        subscription.HasIndex(s => s.UserId);
    }
}
