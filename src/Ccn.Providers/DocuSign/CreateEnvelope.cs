namespace Ccn.Providers.DocuSign;

/// <summary>Body of <c>POST /envelopes</c>.</summary>
/// <param name="Status"><c>sent</c> sends at once, <c>created</c> leaves a draft.</param>
/// <param name="EmailSubject">Subject of the invitation, at most 100 characters.</param>
/// <param name="Documents">What is to be signed.</param>
/// <param name="Recipients">Who signs, and who gets a copy.</param>
/// <param name="EventNotification">Where Connect reports changes of this envelope.</param>
/// <param name="CustomFields">Our own ids, returned with every message.</param>
/// <param name="TransactionId">Idempotency key; remembered for seven days.</param>
/// <param name="Notification">Reminders and expiry; 120 days when absent.</param>
public sealed record CreateEnvelope(
    string Status,
    string EmailSubject,
    IReadOnlyList<EnvelopeDocument> Documents,
    CreateRecipients Recipients,
    EventNotification? EventNotification = null,
    EnvelopeCustomFields? CustomFields = null,
    string? TransactionId = null,
    EnvelopeNotification? Notification = null);

/// <summary>One document of an envelope.</summary>
public sealed record EnvelopeDocument(string DocumentId, string Name, string FileExtension, string DocumentBase64);

/// <summary>The recipients of a new envelope.</summary>
public sealed record CreateRecipients(IReadOnlyList<CreateSigner> Signers, IReadOnlyList<CreateCarbonCopy>? CarbonCopies = null);

/// <summary>Someone who has to sign.</summary>
/// <param name="RecipientId">Our number within the envelope, a string of digits.</param>
/// <param name="RoutingOrder">Signers with a lower order come first.</param>
/// <param name="ClientUserId">Set for signing inside our page; no mail is sent then.</param>
/// <param name="Tabs">Where to sign; without tabs the signer places the signature freely.</param>
public sealed record CreateSigner(
    string Email, string Name, string RecipientId, string RoutingOrder, string? ClientUserId = null, SignerTabs? Tabs = null);

/// <summary>Someone who gets a copy.</summary>
public sealed record CreateCarbonCopy(string Email, string Name, string RecipientId, string RoutingOrder);

/// <summary>Places for signatures and dates.</summary>
public sealed record SignerTabs(IReadOnlyList<AnchorTab> SignHereTabs, IReadOnlyList<AnchorTab>? DateSignedTabs = null);

/// <summary>A place found by a text in the document.</summary>
public sealed record AnchorTab(string AnchorString, string AnchorUnits = "pixels", string AnchorXOffset = "0", string AnchorYOffset = "0");

/// <summary>Values of ours that travel with the envelope.</summary>
public sealed record EnvelopeCustomFields(IReadOnlyList<TextCustomField> TextCustomFields);

/// <summary>One value of ours.</summary>
public sealed record TextCustomField(string Name, string Value, string Show = "false", string Required = "false");

/// <summary>Reminders and expiry of one envelope.</summary>
public sealed record EnvelopeNotification(EnvelopeExpirations? Expirations = null, EnvelopeReminders? Reminders = null, string UseAccountDefaults = "false");

/// <summary>Expiry; <c>ExpireAfter</c> and <c>ExpireWarn</c> in days.</summary>
public sealed record EnvelopeExpirations(string ExpireAfter, string ExpireEnabled = "true", string ExpireWarn = "0");

/// <summary>Reminders; delay and frequency in days.</summary>
public sealed record EnvelopeReminders(string ReminderDelay, string ReminderFrequency, string ReminderEnabled = "true");
