using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Set-up intents: a card is saved now, to be charged later without the customer.</summary>
internal static class SetupIntentCalls
{
    public static Answer Create(Call call)
    {
        if (call.Form.GetValueOrDefault("customer") is { } customer) { StripeObjects.Find(call, customer, "customer", "customer"); }
        var id = "seti_" + call.State.NextMixed(24);
        var intent = StripeObjects.Add(call, id, new JsonObject
        {
            ["id"] = id, ["object"] = "setup_intent", ["allowed_payment_method_types"] = null, ["application"] = null, ["automatic_payment_methods"] = new JsonObject { ["allow_redirects"] = "never", ["enabled"] = true },
            ["cancellation_reason"] = null, ["client_secret"] = $"{id}_secret_{call.State.NextMixed(24)}", ["created"] = call.Now.ToUnixTimeSeconds(), ["customer"] = call.Form.GetValueOrDefault("customer"),
            ["customer_account"] = null, ["description"] = call.Form.GetValueOrDefault("description"), ["excluded_payment_method_types"] = null, ["flow_directions"] = null, ["last_setup_error"] = null,
            ["latest_attempt"] = null, ["livemode"] = false, ["mandate"] = null, ["metadata"] = StripeObjects.Metadata(call), ["next_action"] = null, ["on_behalf_of"] = null,
            ["payment_method"] = null, ["payment_method_configuration_details"] = null, ["payment_method_options"] = null, ["payment_method_types"] = new JsonArray("card"),
            ["single_use_mandate"] = null, ["status"] = "requires_payment_method", ["usage"] = call.Form.GetValueOrDefault("usage") ?? "off_session",
        });
        if (call.Form.ContainsKey("payment_method")) { Choose(call, intent); }
        if (call.Form.GetValueOrDefault("confirm") == "true") { return ConfirmNow(call, intent); }
        return Answer.Ok(intent.DeepClone());
    }

    public static Answer Confirm(Call call)
    {
        var intent = StripeObjects.Find(call, call.Route("id"), "setup_intent");
        if (intent.Text("status") is not ("requires_payment_method" or "requires_confirmation")) { return Unexpected(intent); }
        if (call.Form.ContainsKey("payment_method")) { Choose(call, intent); }
        return ConfirmNow(call, intent);
    }

    public static Answer Cancel(Call call)
    {
        var intent = StripeObjects.Find(call, call.Route("id"), "setup_intent");
        if (intent.Text("status") is "succeeded" or "canceled") { return Unexpected(intent); }
        intent["status"] = "canceled";
        return Answer.Ok(intent.DeepClone());
    }

    private static void Choose(Call call, JsonObject intent)
    {
        intent["payment_method"] = Cards.Resolve(call, call.Form["payment_method"], intent.Text("customer")).Text("id");
        intent["status"] = "requires_confirmation";
    }

    private static Answer ConfirmNow(Call call, JsonObject intent)
    {
        if (intent.Text("payment_method") is not { } id) { return StripeProvider.Error(400, "invalid_request_error", "You must provide a payment method before confirming.", "setup_intent_unexpected_state", "payment_method"); }
        var method = StripeObjects.Find(call, id, "payment_method");
        if (Cards.DeclinesOnAttach(call, method))
        {
            intent["status"] = "requires_payment_method";
            intent["payment_method"] = null;
            intent["last_setup_error"] = new JsonObject { ["code"] = "card_declined", ["decline_code"] = "generic_decline", ["message"] = Cards.Message("generic_decline"), ["type"] = "card_error" };
            StripeObjects.Report(call, "setup_intent.setup_failed", intent);
            return Cards.Decline("generic_decline");
        }

        method["customer"] = intent.Text("customer");
        intent["status"] = "succeeded";
        StripeObjects.Report(call, "setup_intent.succeeded", intent);
        return Answer.Ok(intent.DeepClone());
    }

    private static Answer Unexpected(JsonObject intent) =>
        StripeProvider.Error(400, "invalid_request_error", $"This SetupIntent has a status of {intent.Text("status")}.", "setup_intent_unexpected_state");
}
