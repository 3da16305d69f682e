using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.PayPal;

/// <summary>PayPal Payouts v1 and its webhooks.</summary>
internal sealed class PayPalProvider(SandboxOptions options, PayPalSigner signer) : Provider
{
    public override string Name => "paypal";

    public override void Map(ProviderRoutes routes)
    {
        routes.Post("/v1/oauth2/token", "token", IssueToken, open: true);
        routes.Post("/v1/payments/payouts", "payouts.post", PayoutCalls.Create);
        routes.Get("/v1/payments/payouts/{id}", "payouts.get", PayoutCalls.Get);
        routes.Get("/v1/payments/payouts-item/{id}", "payouts-item.get", PayoutCalls.GetItem);
        routes.Post("/v1/payments/payouts-item/{id}/cancel", "payouts-item.cancel", PayoutCalls.Cancel);
        routes.Post("/v1/notifications/webhooks", "webhooks.post", RegisterWebhook);
        routes.Get("/v1/notifications/webhooks", "webhooks.list", call => Answer.Ok(new JsonObject { ["webhooks"] = call.State.PayPal.Webhooks.Select(w => Webhook(call, w)).ToJsonArray() }));
        routes.Delete("/v1/notifications/webhooks/{id}", "webhooks.delete", DeleteWebhook);
        routes.Post("/v1/notifications/verify-webhook-signature", "verify-webhook-signature.post", Verify);
        routes.Get("/certs/{name}", "cert", call => call.Route("name") == signer.CertificateName
            ? new Answer(200, Encoding.ASCII.GetBytes(signer.CertificatePem), "application/x-pem-file")
            : Answer.Empty(404), open: true);
    }

    public override Answer ErrorFor(int status, Call call) => status switch
    {
        429 => Error(call.State, 429, "RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting."),
        401 => Answer.Json(401, new JsonObject { ["error"] = "invalid_token", ["error_description"] = "Token signature verification failed" }),
        403 => Error(call.State, 403, "AUTHORIZATION_ERROR", "Authorization error occurred."),
        503 => Error(call.State, 503, "SERVICE_UNAVAILABLE", "Service Unavailable."),
        >= 500 => Error(call.State, status, "INTERNAL_SERVER_ERROR", "An internal server error has occurred."),
        _ => Error(call.State, status, "VALIDATION_ERROR", "Invalid request - see details."),
    };

    public override void Authorize(Call call)
    {
        if (call.Bearer is null || !call.State.PayPal.Tokens.TryGetValue(call.Bearer, out var expires) || expires <= call.Now) { throw new Refusal(ErrorFor(401, call)); }
    }

    public override void Decorate(Call call, Answer answer)
    {
        if (!answer.Headers.ContainsKey("Paypal-Debug-Id")) { answer.With("Paypal-Debug-Id", call.State.NextUpper(13).ToLowerInvariant()); }
    }

    public static Answer Error(SandboxState state, int status, string name, string message, params (string Field, string Value, string Issue)[] details)
    {
        var debugId = state.NextUpper(13).ToLowerInvariant();
        return Answer.Json(status, new JsonObject
        {
            ["name"] = name, ["message"] = message, ["debug_id"] = debugId, ["information_link"] = "https://developer.paypal.com/docs/api/payments.payouts-batch/#errors",
            ["details"] = details.Length == 0 ? null : details.Select(d => new JsonObject { ["field"] = d.Field, ["value"] = d.Value, ["location"] = "body", ["issue"] = d.Issue }).ToJsonArray(),
            ["links"] = new JsonArray(),
        }.WithoutNulls()).With("Paypal-Debug-Id", debugId);
    }

    private Answer IssueToken(Call call)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.PayPalClientId}:{options.PayPalClientSecret}"));
        if (call.Header("Authorization") != basic) { return Answer.Json(401, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "Client Authentication failed" }); }
        if (call.Form.GetValueOrDefault("grant_type") != "client_credentials") { return Answer.Json(400, new JsonObject { ["error"] = "unsupported_grant_type", ["error_description"] = "Grant Type is NULL" }); }
        var token = "A21AA" + call.State.NextMixed(80);
        call.State.PayPal.Tokens[token] = call.Now.AddSeconds(32_400);
        return Answer.Ok(new JsonObject
        {
            ["scope"] = "https://uri.paypal.com/services/payments/payouts https://uri.paypal.com/services/applications/webhooks", ["access_token"] = token, ["token_type"] = "Bearer",
            ["app_id"] = "APP-80W284485P519543T", ["expires_in"] = 32_400, ["nonce"] = call.Now.Iso() + call.State.NextMixed(20),
        });
    }

    private Answer RegisterWebhook(Call call)
    {
        var body = call.Json();
        var types = body.Objects("event_types").Select(t => t.Text("name")).OfType<string>().ToList();
        if (body.Text("url") is not { Length: > 0 } url || !Uri.TryCreate(url, UriKind.Absolute, out _) || types.Count == 0)
        {
            return Error(call.State, 400, "VALIDATION_ERROR", "Invalid data provided", ("url", body.Text("url") ?? "", "Not a valid webhook URL or no event types"));
        }

        var webhooks = call.State.PayPal.Webhooks;
        if (webhooks.Exists(w => w.Url == url)) { return Error(call.State, 400, "WEBHOOK_URL_ALREADY_EXISTS", "Webhook URL already exists"); }
        var webhook = new PayPalWebhook(webhooks.Count == 0 ? options.PayPalWebhookId : call.State.NextUpper(17), url, types);
        webhooks.Add(webhook);
        return Answer.Json(201, Webhook(call, webhook));
    }

    private Answer DeleteWebhook(Call call) => call.State.PayPal.Webhooks.RemoveAll(w => w.Id == call.Route("id")) > 0
        ? Answer.Empty(204)
        : Error(call.State, 404, "INVALID_RESOURCE_ID", "Resource id is invalid");

    private Answer Verify(Call call)
    {
        var body = call.Json();
        if (body.Object("webhook_event") is not { } || body.Text("transmission_id") is not { } id || body.Text("transmission_time") is not { } time || body.Text("transmission_sig") is not { } signature)
        {
            return Error(call.State, 400, "VALIDATION_ERROR", "Invalid data provided");
        }

        var fits = body.Text("webhook_id") is { } webhook && (body.Text("cert_url") ?? "").EndsWith("/certs/" + signer.CertificateName, StringComparison.Ordinal)
            && signer.IsSigned(id, time, webhook, RawEvent(call.Body), signature);
        return Answer.Ok(new JsonObject { ["verification_status"] = fits ? "SUCCESS" : "FAILURE" });
    }

    /// <summary>The bytes of webhook_event as sent: the check sum is over them, so parsing and writing again would break it.</summary>
    private static byte[] RawEvent(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return Encoding.UTF8.GetBytes(document.RootElement.GetProperty("webhook_event").GetRawText());
    }

    private static JsonObject Webhook(Call call, PayPalWebhook webhook) => new()
    {
        ["id"] = webhook.Id, ["url"] = webhook.Url,
        ["event_types"] = webhook.EventTypes.Select(t => new JsonObject { ["name"] = t, ["description"] = t }).ToJsonArray(),
        ["links"] = new JsonArray(new JsonObject { ["href"] = $"{call.BaseUrl}/paypal/v1/notifications/webhooks/{webhook.Id}", ["rel"] = "self", ["method"] = "GET" }),
    };
}
