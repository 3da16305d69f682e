using System.Text.Json.Nodes;

namespace Ccn.Sandbox.DocuSign;

/// <summary>Envelopes, access tokens and one-use signing links.</summary>
internal sealed class DocuSignState
{
    public Dictionary<string, Envelope> Envelopes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Envelope of a transactionId: a repeated create answers with it for seven days.</summary>
    public Dictionary<string, string> Transactions { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, AccessToken> Tokens { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, SigningLink> Links { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Signing sessions behind used links: the page may be reloaded and posted, the link itself works once.</summary>
    public Dictionary<string, SigningLink> Sessions { get; set; } = new(StringComparer.Ordinal);
}

internal sealed record AccessToken(string UserId, DateTimeOffset ExpiresAt);

internal sealed record SigningLink(string EnvelopeId, string RecipientId, string ReturnUrl, DateTimeOffset ExpiresAt);

internal sealed class Envelope
{
    public required string Id { get; init; }

    public string? TransactionId { get; init; }

    /// <summary>created, sent, delivered, completed, declined, voided.</summary>
    public required string Status { get; set; }

    public required string Subject { get; init; }

    public string? Blurb { get; init; }

    public required string SenderId { get; init; }

    public List<EnvelopeDocument> Documents { get; init; } = [];

    public List<Recipient> Signers { get; init; } = [];

    public List<Recipient> CarbonCopies { get; init; } = [];

    public JsonObject? CustomFields { get; init; }

    public JsonObject? Notification { get; init; }

    /// <summary>The envelope's own Connect configuration, as sent.</summary>
    public JsonObject? EventNotification { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? DeclinedAt { get; set; }

    public DateTimeOffset? VoidedAt { get; set; }

    public string? VoidedReason { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public List<AuditEvent> Audit { get; init; } = [];
}

internal sealed record EnvelopeDocument(string Id, string Name, string Extension, byte[] Content);

internal sealed class Recipient
{
    public required string Id { get; init; }

    public required string Guid { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>Present: the signer signs inside the sender's own pages, and gets no e-mail.</summary>
    public string? ClientUserId { get; init; }

    public int RoutingOrder { get; init; }

    public JsonObject? Tabs { get; init; }

    /// <summary>created, sent, delivered, completed, declined.</summary>
    public string Status { get; set; } = "created";

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? SignedAt { get; set; }

    public DateTimeOffset? DeclinedAt { get; set; }

    public string? DeclinedReason { get; set; }
}

internal sealed record AuditEvent(DateTimeOffset At, string Action, string UserName, string Message);
