using Refit;

namespace Ccn.Providers.DocuSign;

/// <summary>
/// DocuSign eSignature REST API v2.1, the calls a licence needs. Paths are relative to
/// <c>{base_uri}/restapi/v2.1/accounts/{accountId}</c>. All numbers, booleans and ids are strings in this API.
/// Limits: 3,000 calls an hour per account, and one read per envelope every 15 minutes; changes come through Connect.
/// </summary>
public interface IDocuSignApi
{
    /// <summary>Creates an envelope, and sends it when its status is <c>sent</c>.</summary>
    /// <param name="envelope">The envelope; the same <see cref="CreateEnvelope.TransactionId"/> within seven days names the first one again.</param>
    /// <param name="cancel">Ends the wait, not the envelope.</param>
    [Post("/envelopes")]
    Task<IApiResponse<EnvelopeSummary>> CreateAsync([Body] CreateEnvelope envelope, CancellationToken cancel);

    /// <summary>Reads an envelope.</summary>
    /// <param name="envelopeId">The provider's id.</param>
    /// <param name="include">Data sets to add, <c>recipients</c> for one.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Get("/envelopes/{envelopeId}")]
    Task<IApiResponse<Envelope>> GetAsync(string envelopeId, [Query] string? include, CancellationToken cancel);

    /// <summary>Changes an envelope; <see cref="UpdateEnvelope.Void"/> withdraws it, which is refused once it is completed.</summary>
    [Put("/envelopes/{envelopeId}")]
    Task<IApiResponse<EnvelopeUpdate>> UpdateAsync(string envelopeId, [Body] UpdateEnvelope update, CancellationToken cancel);

    /// <summary>Sends the invitation again to those whose turn it is. Signers inside our own pages get no mail from the provider.</summary>
    [Put("/envelopes/{envelopeId}?resend_envelope=true")]
    Task<IApiResponse<EnvelopeUpdate>> ResendAsync(string envelopeId, [Body] UpdateEnvelope update, CancellationToken cancel);

    /// <summary>Reads who has to sign, in which order, and who has.</summary>
    [Get("/envelopes/{envelopeId}/recipients")]
    Task<IApiResponse<EnvelopeRecipients>> GetRecipientsAsync(string envelopeId, CancellationToken cancel);

    /// <summary>Makes an address at which one recipient signs inside our page: for one use, within about five minutes.</summary>
    [Post("/envelopes/{envelopeId}/views/recipient")]
    Task<IApiResponse<RecipientView>> CreateRecipientViewAsync(string envelopeId, [Body] CreateRecipientView view, CancellationToken cancel);

    /// <summary>All documents as one PDF, with the certificate of completion at its end. The caller disposes the stream.</summary>
    [Get("/envelopes/{envelopeId}/documents/combined?certificate=true")]
    [Headers("Accept: application/pdf")]
    Task<IApiResponse<Stream>> GetCombinedDocumentAsync(string envelopeId, CancellationToken cancel);
}
