using System.Text.Json;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Payouts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Ccn.Api.Webhooks;

/// <summary>Webhooks: verify on the raw bytes, signal the workflow with the message's id, answer. A forged message changes nothing and learns nothing.</summary>
internal static class WebhookEndpoints
{
    private const int MaxBody = 1_000_000;

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        // Anonymous by nature: the signature is the authorization.
        var webhooks = app.MapGroup("/webhooks").WithTags("Webhooks").AllowAnonymous().DisableAntiforgery();
        webhooks.MapPost("/docusign", DocuSignAsync).WithName("DocuSignWebhook").Refuses(ProblemCode.WebhookSignature, ProblemCode.WebhookUnreadable, ProblemCode.TooLarge);
        webhooks.MapPost("/paypal", PayPalAsync).WithName("PayPalWebhook").Refuses(ProblemCode.WebhookSignature, ProblemCode.WebhookUnreadable, ProblemCode.TooLarge);
        webhooks.MapPost("/stripe", StripeAsync).WithName("StripeWebhook").Refuses(ProblemCode.WebhookSignature, ProblemCode.TooLarge);
    }

    /// <summary>Takes a message of DocuSign Connect.</summary>
    /// <remarks>The body is DocuSign's own message, signed as a whole. A message that came before is answered 200 and changes nothing.</remarks>
    internal static async Task<Ok> DocuSignAsync(HttpRequest request, IOptions<WebhookOptions> options, WebhookInbox inbox, ITemporalClient temporal, CcnDbContext db, CancellationToken cancel)
    {
        var body = await ReadAsync(request, cancel);
        if (!DocuSignSignature.IsValid(request.Headers, body, options.Value.DocuSignKeys)) { throw Forged(); }

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
        return TypedResults.Ok();
    }

    /// <summary>Takes a message of PayPal.</summary>
    /// <remarks>The body is PayPal's own message, signed as a whole. A message that came before is answered 200 and changes nothing.</remarks>
    internal static async Task<Ok> PayPalAsync(HttpRequest request, PayPalSignature signature, WebhookInbox inbox, ITemporalClient temporal, CcnDbContext db, CancellationToken cancel)
    {
        var body = await ReadAsync(request, cancel);
        if (!await signature.IsValidAsync(request.Headers, body, cancel)) { throw Forged(); }

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
        return TypedResults.Ok();
    }

    /// <summary>Takes a message of Stripe.</summary>
    /// <remarks>The body is Stripe's own message, signed as a whole, with a tolerance of five minutes. A message that came before is answered 200 and changes nothing.</remarks>
    internal static async Task<Ok> StripeAsync(HttpRequest request, IOptions<WebhookOptions> options, WebhookInbox inbox, TimeProvider clock, CancellationToken cancel)
    {
        var body = await ReadAsync(request, cancel);
        if (!StripeSignature.TryRead(body, request.Headers["Stripe-Signature"].ToString(), options.Value.StripeSecret, clock.GetUtcNow(), out var eventId)) { throw Forged(); }

        // The collection's outcome is the answer of the confirming call; the event is kept as evidence.
        await inbox.ReceiveAsync("stripe", eventId, body, () => Task.FromResult<string?>(null), cancel);
        return TypedResults.Ok();
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MaxBody) { throw new ProblemException(ProblemCode.TooLarge, "The message is too large."); }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancel)) > 0)
        {
            if (buffer.Length + read > MaxBody) { throw new ProblemException(ProblemCode.TooLarge, "The message is too large."); }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
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
