using System.Globalization;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Files;
using Ccn.Data.Sourcing;
using Ccn.Providers;
using Ccn.Providers.DocuSign;
using Ccn.Workflows.Licences;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ccn.Activities.Licences;

/// <inheritdoc cref="ILicenceActivities"/>
/// <remarks>Names and addresses of the parties are looked up here and go to the provider only: never into payloads, results or logs.</remarks>
internal sealed partial class LicenceActivities(IDocuSignApi docuSign, CcnDbContext db, FileStore files, IOptions<SignedLinkOptions> links, TimeProvider time, ILogger<LicenceActivities> logger)
    : ILicenceActivities
{
    private const long MaxCopyBytes = 50L * 1024 * 1024;
    private const int MaxVoidReason = 200;

    public Task<SentEnvelope> SendEnvelopeAsync(SendEnvelopeInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var terms = input.Terms;
        var termsHash = LicenceDocument.HashOf(terms);
        var envelope = new CreateEnvelope(
            EnvelopeStatus.Sent,
            $"Design licence {terms.LicenceId}",
            [new("1", "Design licence", "html", Convert.ToBase64String(LicenceDocument.Html(terms)))],
            new([
                await SignerAsync(terms.CreatorId, "1", LicenceDocument.CreatorAnchor, LicenceDocument.CreatorDateAnchor, cancel),
                await SignerAsync(terms.SellerId, "2", LicenceDocument.SellerAnchor, LicenceDocument.SellerDateAnchor, cancel),
            ]),
            EventNotification.ForLicence(new Uri($"{links.Value.PublicUrl.TrimEnd('/')}/webhooks/docusign")),
            new([new("licenceId", terms.LicenceId), new("termsHash", termsHash)]),
            TransactionId: input.IdempotencyKey,
            Notification: new(new(ExpiryDays(input.ExpiresAt))));
        var sent = await ProviderCall.DocuSign.RequireAsync(docuSign.CreateAsync(envelope, cancel));
        LogSent(terms.LicenceId, sent.EnvelopeId);
        return new SentEnvelope(sent.EnvelopeId, termsHash);
    });

    public Task<SigningPage> OpenSigningPageAsync(OpenSigningPageInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        // Name and address must equal those in the envelope to the byte, and the user may have changed theirs since.
        var recipients = await ProviderCall.DocuSign.RequireAsync(docuSign.GetRecipientsAsync(input.EnvelopeId, cancel));
        var signer = recipients.Signers?.FirstOrDefault(s => s.ClientUserId == input.UserId) ?? throw ActivityFailures.Invalid($"{input.UserId} is no party of this envelope.");
        var view = await ProviderCall.DocuSign.RequireAsync(docuSign.CreateRecipientViewAsync(
            input.EnvelopeId, new(input.ReturnUrl, signer.Email ?? "", signer.Name ?? "", input.UserId), cancel));
        return new SigningPage(view.Url);
    });

    public Task<EnvelopeState> ReadEnvelopeAsync(string envelopeId) => ActivityFailures.TranslatedAsync(cancel => ReadAsync(envelopeId, cancel));

    public Task RemindAsync(RemindInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        await ProviderCall.DocuSign.RequireAsync(docuSign.ResendAsync(input.EnvelopeId, new(), cancel));
        LogReminded(input.EnvelopeId, input.Number);
    });

    public Task<EnvelopeState> VoidEnvelopeAsync(VoidEnvelopeInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var reason = input.Reason.Length <= MaxVoidReason ? input.Reason : input.Reason[..MaxVoidReason];
        try { await ProviderCall.DocuSign.RequireAsync(docuSign.UpdateAsync(input.EnvelopeId, UpdateEnvelope.Void(reason), cancel)); }
        catch (ProviderException e) when (e.Kind is ProviderFailure.Rejected)
        {
            // Too late, or voided by an earlier attempt: the envelope's own state is the answer.
            LogNotVoided(input.EnvelopeId, e.Code);
        }

        return await ReadAsync(input.EnvelopeId, cancel);
    });

    public Task<SealedCopy> StoreSealedCopyAsync(StoreSealedCopyInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        // The provider seals anew for each download: once a copy is in the registry it stays the copy.
        var known = await db.Licences.AsNoTracking().Where(l => l.Id == input.LicenceId && l.SealedCopyKey != null)
            .Select(l => new { l.SealedCopyKey, l.SealedCopySha256 }).SingleOrDefaultAsync(cancel);
        if (known is { SealedCopyKey: { } key, SealedCopySha256: { } sha256 } && files.Exists(key)) { return new SealedCopy(key, sha256); }

        await using var copy = await ProviderCall.DocuSign.RequireAsync(docuSign.GetCombinedDocumentAsync(input.EnvelopeId, cancel));
        try
        {
            var stored = await files.SaveAsync(copy, "application/pdf", MaxCopyBytes, cancel);
            LogStored(input.LicenceId, stored.Sha256);
            return new SealedCopy(stored.ObjectKey, stored.Sha256);
        }
        catch (FileRefusedException e) { throw ActivityFailures.Contract(ProviderNames.DocuSign, $"The sealed copy was refused: {e.Message}"); }
    });

    private async Task<EnvelopeState> ReadAsync(string envelopeId, CancellationToken cancel)
    {
        var envelope = await ProviderCall.DocuSign.RequireAsync(docuSign.GetAsync(envelopeId, "recipients", cancel));
        var signers = envelope.Recipients?.Signers ?? [];
        var reason = envelope.VoidedReason ?? signers.FirstOrDefault(s => s.DeclinedReason is not null)?.DeclinedReason;
        return new(envelope.Status, [.. signers.Where(s => s.ClientUserId is not null).Select(s => new SignatureState(s.ClientUserId!, s.Status ?? "", s.SignedDateTime))],
            reason, envelope.CompletedDateTime);
    }

    /// <summary>Both may sign at once, in any order: neither party's turn depends on the other.</summary>
    private async Task<CreateSigner> SignerAsync(string userId, string recipientId, string signAnchor, string dateAnchor, CancellationToken cancel)
    {
        var user = await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new { u.Email, u.DisplayName }).SingleOrDefaultAsync(cancel);
        return user is { Email: { Length: > 0 } email, DisplayName: { } name }
            ? new(email, name, recipientId, "1", userId, new([new(signAnchor)], [new(dateAnchor)]))
            : throw ActivityFailures.Conflict($"{userId} has no e-mail address to sign with.");
    }

    /// <summary>The provider counts days. It may close later than our own deadline, which decides, and never earlier.</summary>
    private string ExpiryDays(DateTimeOffset expiresAt) =>
        Math.Max(1, (int)Math.Ceiling((expiresAt - time.GetUtcNow()).TotalDays) + 1).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Envelope {EnvelopeId} of {LicenceId} sent.")]
    private partial void LogSent(string licenceId, string envelopeId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Envelope {EnvelopeId}: reminder {Number} sent.")]
    private partial void LogReminded(string envelopeId, int number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Envelope {EnvelopeId} was not voided now: {Code}.")]
    private partial void LogNotVoided(string envelopeId, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealed copy of {LicenceId} stored, SHA-256 {Sha256}.")]
    private partial void LogStored(string licenceId, string sha256);
}
