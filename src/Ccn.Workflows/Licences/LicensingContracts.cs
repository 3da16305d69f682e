using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Licences;

/// <summary>Input of <c>Licensing</c> (<c>licence/{licenceId}</c>).</summary>
public sealed record LicensingInput(LicenceTerms Terms, string BidId, SigningRules Rules);

/// <summary>Update <c>OpenSigning</c>: a party asks for its personal, short-lived signing page. Refused when that party has signed.</summary>
public sealed record OpenSigning(string UserId, string ReturnUrl);
public sealed record SigningPage(string Url);
/// <summary>Signal <c>envelopeEvent</c>: one message of the e-sign provider. <paramref name="MessageId"/> repeats are dropped.</summary>
/// <param name="Event">Provider's event name: recipient-completed, envelope-completed, envelope-declined, envelope-voided…</param>
public sealed record EnvelopeEvent(string MessageId, string EnvelopeId, string Event, DateTimeOffset At);

public sealed record LicensingResult(LicenceOutcome Outcome, DateTimeOffset? EffectiveAt, DateTimeOffset? EndsAt, string? Reason);
public enum LicenceOutcome { InForce, Declined, Expired, Voided }

public interface ILicenceActivities
{
    /// <summary>Renders the terms as text and sends the envelope to both parties. Repeats with the key find the first envelope.</summary>
    [Activity("Licences.SendEnvelope")]
    Task<SentEnvelope> SendEnvelopeAsync(SendEnvelopeInput input);

    [Activity("Licences.OpenSigningPage")]
    Task<SigningPage> OpenSigningPageAsync(OpenSigningPageInput input);

    /// <summary>The provider's word on the envelope, which alone decides: who signed and when, completed, declined with reason, voided.</summary>
    [Activity("Licences.ReadEnvelope")]
    Task<EnvelopeState> ReadEnvelopeAsync(string envelopeId);

    /// <summary>Asks the provider to send the notice again to those who have not signed.</summary>
    [Activity("Licences.Remind")]
    Task RemindAsync(RemindInput input);

    /// <summary>Asks the provider to void; its answer is the decision (already completed stays completed).</summary>
    [Activity("Licences.VoidEnvelope")]
    Task<EnvelopeState> VoidEnvelopeAsync(VoidEnvelopeInput input);

    /// <summary>Fetches the sealed copy with its certificate, stores it and enters the licence in the registry.</summary>
    [Activity("Licences.StoreSealedCopy")]
    Task<SealedCopy> StoreSealedCopyAsync(StoreSealedCopyInput input);
}

public sealed record SendEnvelopeInput(string IdempotencyKey, LicenceTerms Terms, DateTimeOffset ExpiresAt);
public sealed record SentEnvelope(string EnvelopeId, string TermsHash);
public sealed record OpenSigningPageInput(string EnvelopeId, string UserId, string ReturnUrl);
public sealed record EnvelopeState(string Status, IReadOnlyList<SignatureState> Signatures, string? Reason, DateTimeOffset? CompletedAt);
public sealed record SignatureState(string UserId, string Status, DateTimeOffset? SignedAt);
public sealed record RemindInput(string IdempotencyKey, string EnvelopeId, int Number);
public sealed record VoidEnvelopeInput(string IdempotencyKey, string EnvelopeId, string Reason);
public sealed record StoreSealedCopyInput(string LicenceId, string EnvelopeId);
public sealed record SealedCopy(string FileKey, string Sha256);
