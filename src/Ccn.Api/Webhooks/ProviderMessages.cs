using System.Text.Json;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Ccn.Api.Webhooks;

/// <summary>Takes the providers' messages: verifies on the raw bytes, then signals the workflow that the message concerns, with the message's id. A forged message changes nothing and learns nothing.</summary>
public sealed class ProviderMessages(WebhookInbox inbox, PayPalSignature payPal, IOptions<WebhookOptions> options, ITemporalClient temporal, CcnDbContext db, TimeProvider clock)
{
    /// <exception cref="ProblemException">Forged, or not readable.</exception>
    public async Task DocuSignAsync(IHeaderDictionary headers, byte[] body, CancellationToken cancel)
    {
        if (!DocuSignSignature.IsValid(headers, body, options.Value.DocuSignKeys)) { throw Forged(); }

        var (messageId, envelopeId, name, at) = Read(body, root =>
        {
            var (data, generated, what) = (root.GetProperty("data"), root.GetProperty("generatedDateTime"), Text(root, "event"));
            var (envelope, recipient) = (Text(data, "envelopeId"), data.TryGetProperty("recipientId", out var value) ? value.GetString() : null);
            return ($"{envelope}:{what}:{recipient}:{generated.GetString()}", envelope, what, generated.GetDateTimeOffset());
        });
        await inbox.ReceiveAsync("docusign", messageId, body, async () =>
        {
            var licenceId = await db.Licences.Where(licence => licence.EnvelopeId == envelopeId).Select(licence => licence.Id).SingleOrDefaultAsync(cancel);
            if (licenceId is null) { return null; }

            await SignalAsync(() => temporal.GetWorkflowHandle<LicensingWorkflow>(LicensingWorkflow.IdFor(licenceId)).SignalAsync(wf => wf.EnvelopeEventAsync(new(messageId, envelopeId, name, at))));
            return LicensingWorkflow.IdFor(licenceId);
        }, cancel);
    }

    /// <exception cref="ProblemException">Forged, or not readable.</exception>
    public async Task PayPalAsync(IHeaderDictionary headers, byte[] body, CancellationToken cancel)
    {
        if (!await payPal.IsValidAsync(headers, body, cancel)) { throw Forged(); }

        var (messageId, name, at, payoutId) = Read(body, root =>
        {
            // Batch events say nothing about an item: only item events concern a payout.
            var about = root.TryGetProperty("resource", out var resource) && resource.TryGetProperty("payout_item", out var item) && item.TryGetProperty("sender_item_id", out var id) ? id.GetString() : null;
            return (Text(root, "id"), Text(root, "event_type"), root.GetProperty("create_time").GetDateTimeOffset(), about);
        });
        await inbox.ReceiveAsync("paypal", messageId, body, async () =>
        {
            var payeeId = payoutId is null ? null : await db.Payouts.Where(payout => payout.Id == payoutId).Select(payout => payout.PayeeId).SingleOrDefaultAsync(cancel);
            if (payeeId is null) { return null; }

            await SignalAsync(() => temporal.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor(payeeId)).SignalAsync(wf => wf.ProviderEventAsync(new(messageId, payoutId!, name, at))));
            return PayeePayoutWorkflow.IdFor(payeeId);
        }, cancel);
    }

    /// <exception cref="ProblemException">Forged, or too old.</exception>
    public async Task StripeAsync(IHeaderDictionary headers, byte[] body, CancellationToken cancel)
    {
        if (!StripeSignature.TryRead(body, headers["Stripe-Signature"].ToString(), options.Value.StripeSecret, clock.GetUtcNow(), out var eventId)) { throw Forged(); }

        // The collection's outcome is the answer of the confirming call; the event is kept as evidence.
        await inbox.ReceiveAsync("stripe", eventId, body, () => Task.FromResult<string?>(null), cancel);
    }

    // Signed and still not what the provider's documentation says: refused, so that the provider's log shows it.
    private static T Read<T>(byte[] body, Func<JsonElement, T> read)
    {
        try
        {
            using var message = JsonDocument.Parse(body);
            return read(message.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ProblemException(ProblemCode.WebhookUnreadable, "The message is not one that we know how to read.");
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    // A workflow that has ended needs no message any more; the inbox keeps it as evidence.
    private static async Task SignalAsync(Func<Task> signal)
    {
        try { await signal(); }
        catch (Temporalio.Exceptions.RpcException e) when (e.Code is Temporalio.Exceptions.RpcException.StatusCode.NotFound)
        {
            // Nothing waits for it.
        }
    }

    private static ProblemException Forged() => new(ProblemCode.WebhookSignature, "The signature does not match.");
}
