using Ccn.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ccn.Api.Webhooks;

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
    internal static async Task<Ok> DocuSignAsync(HttpRequest request, ProviderMessages messages, CancellationToken cancel)
    {
        await messages.DocuSignAsync(request.Headers, await ReadAsync(request, cancel), cancel);
        return TypedResults.Ok();
    }

    /// <summary>Takes a message of PayPal.</summary>
    /// <remarks>The body is PayPal's own message, signed as a whole. A message that came before is answered 200 and changes nothing.</remarks>
    internal static async Task<Ok> PayPalAsync(HttpRequest request, ProviderMessages messages, CancellationToken cancel)
    {
        await messages.PayPalAsync(request.Headers, await ReadAsync(request, cancel), cancel);
        return TypedResults.Ok();
    }

    /// <summary>Takes a message of Stripe.</summary>
    /// <remarks>The body is Stripe's own message, signed as a whole, with a tolerance of five minutes. A message that came before is answered 200 and changes nothing.</remarks>
    internal static async Task<Ok> StripeAsync(HttpRequest request, ProviderMessages messages, CancellationToken cancel)
    {
        await messages.StripeAsync(request.Headers, await ReadAsync(request, cancel), cancel);
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
}
