using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Payment intents, with immediate or manual capture.</summary>
internal static class PaymentIntentCalls
{
    public static Answer Create(Call call)
    {
        if (call.Form.Keys.Any(k => k.StartsWith("payment_method_types", StringComparison.Ordinal)))
        {
            return StripeProvider.Error(400, "invalid_request_error", "Received unknown parameter: payment_method_types", "parameter_unknown", "payment_method_types");   // gone since endive
        }

        var amount = StripeObjects.Amount(call, "amount");
        var currency = call.Form.GetValueOrDefault("currency") ?? throw StripeProvider.Missing("currency");
        if (call.Form.GetValueOrDefault("customer") is { } customer) { StripeObjects.Find(call, customer, "customer", "customer"); }
        var intent = New(call, amount, currency);
        if (call.Form.ContainsKey("payment_method")) { Choose(call, intent); }
        StripeObjects.Add(call, intent.Text("id")!, intent);
        StripeObjects.Report(call, "payment_intent.created", intent);
        return call.Form.GetValueOrDefault("confirm") == "true" ? ConfirmNow(call, intent) : Answer.Ok(intent.DeepClone());
    }

    public static Answer List(Call call)
    {
        var all = call.State.Stripe.Objects.Values.Where(o => o.Text("object") == "payment_intent" && (call.Query("customer") is not { } c || o.Text("customer") == c))
            .OrderByDescending(o => o.Number("created")).ToList();
        var start = call.Query("starting_after") is { } after ? all.FindIndex(o => o.Text("id") == after) + 1 : 0;
        var limit = int.TryParse(call.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var l) ? Math.Clamp(l, 1, 100) : 10;
        return Answer.Ok(new JsonObject
        {
            ["object"] = "list", ["url"] = "/v1/payment_intents", ["has_more"] = all.Count > start + limit, ["data"] = all.Skip(start).Take(limit).Select(o => o.DeepClone().AsObject()).ToJsonArray(),
        });
    }

    public static Answer Confirm(Call call)
    {
        var intent = StripeObjects.Find(call, call.Route("id"), "payment_intent");
        if (intent.Text("status") is not ("requires_payment_method" or "requires_confirmation")) { return Unexpected(intent, "confirm"); }
        if (call.Form.ContainsKey("payment_method")) { Choose(call, intent); }
        return ConfirmNow(call, intent);
    }

    public static Answer Capture(Call call)
    {
        var intent = StripeObjects.Find(call, call.Route("id"), "payment_intent");
        if (intent.Text("status") != "requires_capture") { return Unexpected(intent, "capture"); }
        var held = intent.Number("amount_capturable");
        var amount = call.Form.ContainsKey("amount_to_capture") ? StripeObjects.Amount(call, "amount_to_capture") : held;
        if (amount > held) { return StripeProvider.Error(400, "invalid_request_error", "The amount to capture is larger than the amount that can be captured.", "amount_too_large", "amount_to_capture"); }
        Receive(call, intent, amount);
        return Answer.Ok(StripeObjects.Expanded(call, intent));
    }

    public static Answer Cancel(Call call)
    {
        var intent = StripeObjects.Find(call, call.Route("id"), "payment_intent");
        if (intent.Text("status") is "succeeded" or "canceled") { return Unexpected(intent, "cancel"); }
        intent["status"] = "canceled";
        intent["amount_capturable"] = 0;
        intent["canceled_at"] = call.Now.ToUnixTimeSeconds();
        intent["cancellation_reason"] = call.Form.GetValueOrDefault("cancellation_reason");
        Log(call, intent, "payment.canceled", intent.Number("amount"));
        StripeObjects.Report(call, "payment_intent.canceled", intent);
        return Answer.Ok(intent.DeepClone());
    }

    private static JsonObject New(Call call, long amount, string currency)
    {
        var id = "pi_" + call.State.NextMixed(24);
        return new JsonObject
        {
            ["id"] = id, ["object"] = "payment_intent", ["allowed_payment_method_types"] = null, ["amount"] = amount, ["amount_capturable"] = 0, ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
            ["amount_received"] = 0, ["application"] = null, ["application_fee_amount"] = null, ["automatic_payment_methods"] = new JsonObject { ["allow_redirects"] = "never", ["enabled"] = true },
            ["canceled_at"] = null, ["cancellation_reason"] = null, ["capture_method"] = call.Form.GetValueOrDefault("capture_method") ?? "automatic_async",
            ["client_secret"] = $"{id}_secret_{call.State.NextMixed(24)}", ["confirmation_method"] = "automatic", ["created"] = call.Now.ToUnixTimeSeconds(), ["currency"] = currency.ToLowerInvariant(),
            ["customer"] = call.Form.GetValueOrDefault("customer"), ["customer_account"] = null, ["description"] = call.Form.GetValueOrDefault("description"), ["excluded_payment_method_types"] = null,
            ["last_payment_error"] = null, ["latest_charge"] = null, ["livemode"] = false, ["managed_payments"] = null, ["metadata"] = StripeObjects.Metadata(call), ["next_action"] = null,
            ["on_behalf_of"] = null, ["payment_method"] = null, ["payment_method_configuration_details"] = null, ["payment_method_options"] = null, ["payment_method_types"] = new JsonArray("card"),
            ["payment_record"] = null, ["processing"] = null, ["receipt_email"] = call.Form.GetValueOrDefault("receipt_email"), ["review"] = null, ["setup_future_usage"] = call.Form.GetValueOrDefault("setup_future_usage"),
            ["shipping"] = null, ["source"] = null, ["statement_descriptor"] = null, ["statement_descriptor_suffix"] = null, ["status"] = "requires_payment_method", ["transfer_data"] = null,
            ["transfer_group"] = call.Form.GetValueOrDefault("transfer_group"),
        };
    }

    private static void Choose(Call call, JsonObject intent)
    {
        var method = Cards.Resolve(call, call.Form["payment_method"], null);
        if (method.Text("customer") is { } owner && owner != intent.Text("customer"))
        {
            throw new Refusal(StripeProvider.Error(400, "invalid_request_error", "The PaymentMethod belongs to a Customer. Please include the Customer in the `customer` parameter on the PaymentIntent.", null, "payment_method"));
        }

        intent["payment_method"] = method.Text("id");
        intent["status"] = "requires_confirmation";
    }

    private static Answer ConfirmNow(Call call, JsonObject intent)
    {
        if (intent.Text("payment_method") is not { } id)
        {
            return StripeProvider.Error(400, "invalid_request_error", "You cannot confirm this PaymentIntent because it's missing a payment method.", "payment_intent_unexpected_state");
        }

        var method = StripeObjects.Find(call, id, "payment_method");
        var problem = Cards.ChargeProblem(call, method, call.Form.GetValueOrDefault("off_session") == "true");
        var charge = Charge(call, intent, method, problem);
        intent["latest_charge"] = charge.Text("id");
        if (problem is not null) { return Fail(call, intent, method, problem); }
        if (intent.Text("setup_future_usage") is not null) { method["customer"] = intent.Text("customer"); }

        if (intent.Text("capture_method") == "manual")
        {
            intent["status"] = "requires_capture";
            intent["amount_capturable"] = intent.Number("amount");
            Log(call, intent, "payment.authorized", intent.Number("amount"));
            StripeObjects.Report(call, "payment_intent.amount_capturable_updated", intent);
        }
        else { Receive(call, intent, intent.Number("amount")); }
        return Answer.Ok(StripeObjects.Expanded(call, intent));
    }

    private static Answer Fail(Call call, JsonObject intent, JsonObject method, string problem)
    {
        intent["status"] = "requires_payment_method";
        intent["payment_method"] = null;
        intent["last_payment_error"] = new JsonObject
        {
            ["charge"] = intent.Text("latest_charge"), ["code"] = problem == "authentication_required" ? problem : "card_declined", ["decline_code"] = problem,
            ["message"] = Cards.Message(problem), ["payment_method"] = method.DeepClone(), ["type"] = "card_error",
        };
        StripeObjects.Report(call, "payment_intent.payment_failed", intent);
        return Cards.Decline(problem, intent);
    }

    private static void Receive(Call call, JsonObject intent, long amount)
    {
        intent["status"] = "succeeded";
        intent["amount_received"] = amount;
        intent["amount_capturable"] = 0;
        var charge = StripeObjects.Find(call, intent.Text("latest_charge")!, "charge");
        charge["captured"] = true;
        charge["amount_captured"] = amount;
        charge["balance_transaction"] = "txn_" + call.State.NextMixed(24);
        Log(call, intent, "payment.received", amount);
        StripeObjects.Report(call, "charge.succeeded", charge);
        StripeObjects.Report(call, "payment_intent.succeeded", intent);
    }

    private static JsonObject Charge(Call call, JsonObject intent, JsonObject method, string? problem)
    {
        var id = "ch_" + call.State.NextMixed(24);
        var amount = intent.Number("amount");
        var card = method["card"]!.DeepClone().AsObject();
        if (intent.Text("capture_method") == "manual") { card["capture_before"] = call.Now.AddDays(call.Form.GetValueOrDefault("off_session") == "true" ? 5 : 7).ToUnixTimeSeconds(); }
        return StripeObjects.Add(call, id, new JsonObject
        {
            ["id"] = id, ["object"] = "charge", ["amount"] = amount, ["amount_captured"] = 0, ["amount_refunded"] = 0, ["application"] = null, ["application_fee"] = null,
            ["application_fee_amount"] = null, ["balance_transaction"] = null, ["billing_details"] = method["billing_details"]!.DeepClone(), ["calculated_statement_descriptor"] = "CCN", ["captured"] = false,
            ["created"] = call.Now.ToUnixTimeSeconds(), ["currency"] = intent.Text("currency"), ["customer"] = intent.Text("customer"), ["description"] = intent.Text("description"), ["disputed"] = false,
            ["failure_balance_transaction"] = null, ["failure_code"] = problem is null ? null : "card_declined", ["failure_message"] = problem is null ? null : Cards.Message(problem), ["fraud_details"] = new JsonObject(),
            ["livemode"] = false, ["metadata"] = intent["metadata"]!.DeepClone(), ["on_behalf_of"] = null,
            ["outcome"] = new JsonObject
            {
                ["advice_code"] = null, ["network_advice_code"] = null, ["network_decline_code"] = null, ["network_status"] = problem is null ? "approved_by_network" : "declined_by_network",
                ["reason"] = problem, ["risk_level"] = "normal", ["seller_message"] = problem is null ? "Payment complete." : "The bank did not return any further details with this decline.",
                ["type"] = problem is null ? "authorized" : "issuer_declined",
            },
            ["paid"] = problem is null, ["payment_intent"] = intent.Text("id"), ["payment_method"] = method.Text("id"),
            ["payment_method_details"] = new JsonObject { ["card"] = card, ["type"] = "card" }, ["receipt_email"] = null, ["receipt_number"] = null, ["receipt_url"] = null, ["refunded"] = false,
            ["review"] = null, ["shipping"] = null, ["source"] = null, ["source_transfer"] = null, ["statement_descriptor"] = null, ["statement_descriptor_suffix"] = null,
            ["status"] = problem is null ? "succeeded" : "failed", ["transfer_data"] = null, ["transfer_group"] = null,
        });
    }

    private static void Log(Call call, JsonObject intent, string kind, long amount) =>
        call.Log("stripe", kind, intent.Text("id")!, call.Header("Idempotency-Key"), StripeObjects.Major(amount, intent.Text("currency")!), intent.Text("currency")!.ToUpperInvariant());

    private static Answer Unexpected(JsonObject intent, string action) => StripeProvider.Error(
        400, "invalid_request_error", $"You cannot {action} this PaymentIntent because it has a status of {intent.Text("status")}.", "payment_intent_unexpected_state", intent: intent);
}
