using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>The part of Stripe's v1 API that deposits need: customers, cards, set-up and payment intents, refunds, webhook endpoints.</summary>
internal sealed class StripeProvider(SandboxOptions options) : Provider
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(24);

    public override string Name => "stripe";

    public override void Map(ProviderRoutes routes)
    {
        routes.Post("/v1/customers", "customers.create", CustomerCalls.Create);
        routes.Get("/v1/customers/{id}", "customers.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "customer").DeepClone()));
        routes.Post("/v1/customers/{id}", "customers.update", CustomerCalls.Update);
        routes.Get("/v1/customers/{id}/payment_methods", "customers.listPaymentMethods", CustomerCalls.ListPaymentMethods);
        routes.Post("/v1/payment_methods", "payment_methods.create", CustomerCalls.CreatePaymentMethod);
        routes.Get("/v1/payment_methods", "payment_methods.list", CustomerCalls.ListPaymentMethods);
        routes.Get("/v1/payment_methods/{id}", "payment_methods.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "payment_method").DeepClone()));
        routes.Post("/v1/payment_methods/{id}/attach", "payment_methods.attach", CustomerCalls.Attach);
        routes.Post("/v1/payment_methods/{id}/detach", "payment_methods.detach", CustomerCalls.Detach);
        routes.Post("/v1/setup_intents", "setup_intents.create", SetupIntentCalls.Create);
        routes.Get("/v1/setup_intents/{id}", "setup_intents.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "setup_intent").DeepClone()));
        routes.Post("/v1/setup_intents/{id}/confirm", "setup_intents.confirm", SetupIntentCalls.Confirm);
        routes.Post("/v1/setup_intents/{id}/cancel", "setup_intents.cancel", SetupIntentCalls.Cancel);
        routes.Post("/v1/payment_intents", "payment_intents.create", PaymentIntentCalls.Create);
        routes.Get("/v1/payment_intents", "payment_intents.list", PaymentIntentCalls.List);
        routes.Get("/v1/payment_intents/{id}", "payment_intents.retrieve", call => Answer.Ok(StripeObjects.Expanded(call, StripeObjects.Find(call, call.Route("id"), "payment_intent"))));
        routes.Post("/v1/payment_intents/{id}/confirm", "payment_intents.confirm", PaymentIntentCalls.Confirm);
        routes.Post("/v1/payment_intents/{id}/capture", "payment_intents.capture", PaymentIntentCalls.Capture);
        routes.Post("/v1/payment_intents/{id}/cancel", "payment_intents.cancel", PaymentIntentCalls.Cancel);
        routes.Get("/v1/charges/{id}", "charges.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "charge").DeepClone()));
        routes.Post("/v1/refunds", "refunds.create", RefundCalls.Create);
        routes.Get("/v1/refunds/{id}", "refunds.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "refund").DeepClone()));
        routes.Get("/v1/events/{id}", "events.retrieve", call => Answer.Ok(StripeObjects.Find(call, call.Route("id"), "event").DeepClone()));
        routes.Post("/v1/webhook_endpoints", "webhook_endpoints.create", CreateEndpoint);
    }

    public override Answer ErrorFor(int status, Call call) => status switch
    {
        429 => Error(429, "invalid_request_error", "Request rate limit exceeded.", "rate_limit"),
        401 => Error(401, "invalid_request_error", "Invalid API Key provided."),
        409 => Error(409, "idempotency_error", "There is currently another in-progress request using this Idempotent Key.", "idempotency_key_in_use"),
        >= 500 => Error(status, "api_error", "An unknown error occurred."),
        _ => Error(status, "invalid_request_error", "The request is not valid."),
    };

    public override void Authorize(Call call)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(options.StripeApiKey + ":"));
        if (call.Bearer != options.StripeApiKey && call.Header("Authorization") != basic) { throw new Refusal(ErrorFor(401, call)); }
    }

    /// <summary>A key repeats its first answer for 24 hours, errors included; with other parameters it is an error of its own.</summary>
    public override Answer Invoke(Call call, Func<Call, Answer> handler)
    {
        if (call.Header("Idempotency-Key") is not { Length: > 0 } key || call.Http.Request.Method != "POST") { return handler(call); }
        var fingerprint = Fingerprint(call);
        if (call.State.Stripe.Keys.TryGetValue(key, out var known) && known.At > call.Now - KeyLife)
        {
            return known.Fingerprint == fingerprint
                ? new Answer(known.Status, known.Body, "application/json").With("Idempotent-Replayed", "true")
                : Error(400, "idempotency_error", $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");
        }

        Answer answer;
        try { answer = handler(call); }
        catch (Refusal refusal) when (refusal.Answer.Status == 402) { answer = refusal.Answer; }   // others failed validation, before anything began: they are not kept
        call.State.Stripe.Keys[key] = new RememberedAnswer(fingerprint, answer.Status, answer.Body, call.Now);
        return answer;
    }

    public override void Decorate(Call call, Answer answer)
    {
        answer.With("Request-Id", "req_" + call.State.NextMixed(14)).With("Stripe-Version", StripeObjects.ApiVersion);
        if (call.Header("Idempotency-Key") is { } key) { answer.With("Idempotency-Key", key); }
    }

    public static Answer Error(int status, string type, string message, string? code = null, string? param = null, string? declineCode = null, JsonObject? intent = null) =>
        Answer.Json(status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code, ["decline_code"] = declineCode, ["doc_url"] = code is null ? null : "https://stripe.com/docs/error-codes/" + code.Replace('_', '-'), ["message"] = message,
                ["param"] = param, ["payment_intent"] = intent?.DeepClone(), ["type"] = type,
            }.WithoutNulls(),
        });

    public static Refusal Missing(string param) => new(Error(400, "invalid_request_error", $"Missing required param: {param}.", "parameter_missing", param));

    private static string Fingerprint(Call call) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{call.Http.Request.Path}\n{string.Join('&', call.Form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + '=' + f.Value))}"))));

    private Answer CreateEndpoint(Call call)
    {
        var url = call.Form.GetValueOrDefault("url") ?? throw Missing("url");
        var endpoint = new StripeEndpoint("we_" + call.State.NextMixed(24), url, [.. call.Form.Where(f => f.Key.StartsWith("enabled_events[", StringComparison.Ordinal)).Select(f => f.Value)]);
        call.State.Stripe.Endpoints.Add(endpoint);
        return Answer.Ok(new JsonObject
        {
            ["id"] = endpoint.Id, ["object"] = "webhook_endpoint", ["api_version"] = call.Form.GetValueOrDefault("api_version"), ["application"] = null, ["created"] = call.Now.ToUnixTimeSeconds(),
            ["description"] = null, ["enabled_events"] = endpoint.EnabledEvents.ToJsonArray(), ["livemode"] = false, ["metadata"] = new JsonObject(), ["status"] = "enabled", ["url"] = url,
            ["secret"] = options.StripeWebhookSecret,
        });
    }
}
