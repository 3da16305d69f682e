namespace Ccn.Providers.DocuSign;

/// <summary>Answer to the creation of an envelope.</summary>
public sealed record EnvelopeSummary(string EnvelopeId, string Status, string? StatusDateTime = null, string? Uri = null);

/// <summary>An envelope as the provider sees it. <see cref="Status"/> is one of <see cref="EnvelopeStatus"/>; times are UTC.</summary>
public sealed record Envelope(
    string EnvelopeId,
    string Status,
    string? EmailSubject = null,
    DateTimeOffset? CreatedDateTime = null,
    DateTimeOffset? SentDateTime = null,
    DateTimeOffset? DeliveredDateTime = null,
    DateTimeOffset? CompletedDateTime = null,
    DateTimeOffset? DeclinedDateTime = null,
    DateTimeOffset? VoidedDateTime = null,
    string? VoidedReason = null,
    DateTimeOffset? StatusChangedDateTime = null,
    DateTimeOffset? ExpireDateTime = null,
    string? TransactionId = null,
    EnvelopeRecipients? Recipients = null);

/// <summary>States of an envelope.</summary>
public static class EnvelopeStatus
{
    /// <summary>A draft.</summary>
    public const string Created = "created";

    /// <summary>Sent to the first signer.</summary>
    public const string Sent = "sent";

    /// <summary>Opened by a signer.</summary>
    public const string Delivered = "delivered";

    /// <summary>Signed by everybody.</summary>
    public const string Completed = "completed";

    /// <summary>Refused by a signer.</summary>
    public const string Declined = "declined";

    /// <summary>Withdrawn by us, or expired.</summary>
    public const string Voided = "voided";
}

/// <summary>The recipients of an envelope with their states.</summary>
public sealed record EnvelopeRecipients(
    IReadOnlyList<Signer>? Signers = null,
    IReadOnlyList<Signer>? CarbonCopies = null,
    string? RecipientCount = null,
    string? CurrentRoutingOrder = null);

/// <summary>One recipient. <see cref="Status"/>: created, sent, delivered, signed, completed, declined, autoresponded or authenticationfailed.</summary>
public sealed record Signer(
    string RecipientId,
    string? Name = null,
    string? Email = null,
    string? RoutingOrder = null,
    string? ClientUserId = null,
    string? Status = null,
    DateTimeOffset? SentDateTime = null,
    DateTimeOffset? DeliveredDateTime = null,
    DateTimeOffset? SignedDateTime = null,
    DateTimeOffset? DeclinedDateTime = null,
    string? DeclinedReason = null);

/// <summary>Body of <c>PUT /envelopes/{id}</c>.</summary>
public sealed record UpdateEnvelope(string? Status = null, string? VoidedReason = null, EnvelopeNotification? Notification = null)
{
    /// <summary>Withdraws the envelope; signers see the reason, at most 200 characters.</summary>
    public static UpdateEnvelope Void(string reason) => new(EnvelopeStatus.Voided, reason);
}

/// <summary>Answer to a change of an envelope.</summary>
public sealed record EnvelopeUpdate(string? EnvelopeId = null);

/// <summary>Body of <c>POST …/views/recipient</c>. Mail, name and client user id must equal those in the envelope to the byte.</summary>
/// <param name="ReturnUrl">Where the signer goes afterwards. Its <c>event</c> parameter is no proof of a signature.</param>
public sealed record CreateRecipientView(
    string ReturnUrl,
    string Email,
    string UserName,
    string ClientUserId,
    string AuthenticationMethod = "none",
    IReadOnlyList<string>? FrameAncestors = null,
    IReadOnlyList<string>? MessageOrigins = null);

/// <summary>The address at which the recipient signs.</summary>
public sealed record RecipientView(string Url);
