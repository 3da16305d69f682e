using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Test cards and how they answer a charge.</summary>
internal static class Cards
{
    private static readonly HashSet<string> Tokens = new(StringComparer.Ordinal)
    {
        "pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_us", "pm_card_gb", "pm_card_de", "pm_card_jp", "pm_card_chargeDeclined",
        "pm_card_chargeDeclinedInsufficientFunds", "pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_visa_chargeDeclined", "pm_card_chargeCustomerFail",
        "pm_card_authenticationRequired", "pm_card_authenticationRequiredOnSetup",
    };

    /// <summary>The payment method of an id; a test token becomes a new one, owned by the customer.</summary>
    public static JsonObject Resolve(Call call, string id, string? customer)
    {
        if (!id.StartsWith("pm_card_", StringComparison.Ordinal)) { return StripeObjects.Find(call, id, "payment_method", "payment_method"); }
        var made = Make(call, id);
        made["customer"] = customer;
        return made;
    }

    public static JsonObject Make(Call call, string token)
    {
        if (!Tokens.Contains(token)) { throw new Refusal(StripeProvider.Error(400, "invalid_request_error", $"No such PaymentMethod: '{token}'", "resource_missing", "payment_method")); }
        var id = "pm_" + call.State.NextMixed(24);
        call.State.Stripe.Cards[id] = token;
        var (brand, last4) = token switch { "pm_card_mastercard" => ("mastercard", "4444"), "pm_card_amex" => ("amex", "8431"), "pm_card_visa" => ("visa", "4242"), _ => ("visa", "0002") };
        return StripeObjects.Add(call, id, new JsonObject
        {
            ["id"] = id, ["object"] = "payment_method", ["allow_redisplay"] = "unspecified",
            ["billing_details"] = new JsonObject
            {
                ["address"] = new JsonObject { ["city"] = null, ["country"] = null, ["line1"] = null, ["line2"] = null, ["postal_code"] = null, ["state"] = null },
                ["email"] = null, ["name"] = null, ["phone"] = null, ["tax_id"] = null,
            },
            ["card"] = new JsonObject
            {
                ["brand"] = brand, ["checks"] = new JsonObject { ["address_line1_check"] = null, ["address_postal_code_check"] = null, ["cvc_check"] = "pass" }, ["country"] = "US",
                ["display_brand"] = brand, ["exp_month"] = 12, ["exp_year"] = call.Now.Year + 3, ["fingerprint"] = call.State.NextMixed(16), ["funding"] = "credit", ["generated_from"] = null,
                ["last4"] = last4, ["networks"] = new JsonObject { ["available"] = new JsonArray(brand), ["preferred"] = null }, ["regulated_status"] = null,
                ["three_d_secure_usage"] = new JsonObject { ["supported"] = true }, ["wallet"] = null,
            },
            ["created"] = call.Now.ToUnixTimeSeconds(), ["customer"] = null, ["customer_account"] = null, ["livemode"] = false, ["metadata"] = new JsonObject(), ["type"] = "card",
        });
    }

    /// <summary>Some cards cannot be saved at all; pm_card_chargeCustomerFail can, and declines each charge.</summary>
    public static bool DeclinesOnAttach(Call call, JsonObject method) => TokenOf(call, method).Contains("chargeDeclined", StringComparison.Ordinal);

    /// <summary>Why a charge of the card fails: a decline code, authentication_required, or null when it goes through.</summary>
    public static string? ChargeProblem(Call call, JsonObject method, bool offSession) => TokenOf(call, method) switch
    {
        var token when token.Contains("InsufficientFunds", StringComparison.Ordinal) => "insufficient_funds",
        var token when token.Contains("chargeDeclined", StringComparison.Ordinal) || token.Contains("chargeCustomerFail", StringComparison.Ordinal) => "generic_decline",
        "pm_card_authenticationRequired" when offSession => "authentication_required",
        _ => null,
    };

    public static Answer Decline(string declineCode, JsonObject? intent = null)
    {
        var authentication = declineCode == "authentication_required";
        return StripeProvider.Error(
            402, "card_error", Message(declineCode), authentication ? "authentication_required" : "card_declined", declineCode: declineCode, intent: intent);
    }

    public static string Message(string declineCode) => declineCode switch
    {
        "insufficient_funds" => "Your card has insufficient funds.",
        "authentication_required" => "Your card was declined. This transaction requires authentication.",
        _ => "Your card was declined.",
    };

    private static string TokenOf(Call call, JsonObject method) => call.State.Stripe.Cards.GetValueOrDefault(method.Text("id") ?? "", "pm_card_visa");
}
