using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Customers and their cards. A test token like pm_card_visa makes a new payment method each time it is used.</summary>
internal static class CustomerCalls
{
    public static Answer Create(Call call)
    {
        var id = "cus_" + call.State.NextMixed(14);
        return Answer.Ok(StripeObjects.Add(call, id, new JsonObject
        {
            ["id"] = id, ["object"] = "customer", ["address"] = null, ["balance"] = 0, ["created"] = call.Now.ToUnixTimeSeconds(), ["currency"] = null, ["default_source"] = null,
            ["delinquent"] = false, ["description"] = call.Form.GetValueOrDefault("description"), ["email"] = call.Form.GetValueOrDefault("email"), ["invoice_prefix"] = call.State.NextUpper(8),
            ["invoice_settings"] = new JsonObject { ["custom_fields"] = null, ["default_payment_method"] = call.Form.GetValueOrDefault("invoice_settings[default_payment_method]"), ["footer"] = null, ["rendering_options"] = null },
            ["livemode"] = false, ["metadata"] = StripeObjects.Metadata(call), ["name"] = call.Form.GetValueOrDefault("name"), ["phone"] = null, ["preferred_locales"] = new JsonArray(),
            ["shipping"] = null, ["tax_exempt"] = "none", ["test_clock"] = null,
        }).DeepClone());
    }

    public static Answer Update(Call call)
    {
        var customer = StripeObjects.Find(call, call.Route("id"), "customer");
        foreach (var name in new[] { "description", "email", "name" }.Where(call.Form.ContainsKey)) { customer[name] = call.Form[name]; }
        if (call.Form.TryGetValue("invoice_settings[default_payment_method]", out var method)) { customer["invoice_settings"]!["default_payment_method"] = method; }
        StripeObjects.Metadata(call, customer.Object("metadata"));
        return Answer.Ok(customer.DeepClone());
    }

    public static Answer CreatePaymentMethod(Call call)
    {
        if (call.Form.GetValueOrDefault("type") != "card") { return StripeProvider.Error(400, "invalid_request_error", "Only cards are supported here.", "parameter_invalid", "type"); }
        var token = call.Form.GetValueOrDefault("card[token]") ?? call.Form.GetValueOrDefault("card[number]") switch
        {
            null => throw StripeProvider.Missing("card"),
            "tok_chargeDeclined" or "4000000000000002" => "pm_card_chargeDeclined",
            "4000000000000341" => "pm_card_chargeCustomerFail",
            "4000002500003155" or "4000002760003184" => "pm_card_authenticationRequired",
            _ => "pm_card_visa",
        };
        return Answer.Ok(Cards.Make(call, token.Replace("tok_", "pm_card_", StringComparison.Ordinal)).DeepClone());
    }

    public static Answer ListPaymentMethods(Call call)
    {
        var customer = call.Http.GetRouteValue("id") as string ?? call.Query("customer");
        return Answer.Ok(new JsonObject
        {
            ["object"] = "list", ["url"] = "/v1/payment_methods", ["has_more"] = false,
            ["data"] = call.State.Stripe.Objects.Values.Where(o => o.Text("object") == "payment_method" && o.Text("customer") == customer && customer is not null).Select(o => o.DeepClone().AsObject()).ToJsonArray(),
        });
    }

    public static Answer Attach(Call call)
    {
        var customer = StripeObjects.Find(call, call.Form.GetValueOrDefault("customer") ?? throw StripeProvider.Missing("customer"), "customer", "customer");
        var method = Cards.Resolve(call, call.Route("id"), null);
        if (Cards.DeclinesOnAttach(call, method)) { return Cards.Decline("generic_decline"); }
        method["customer"] = customer.Text("id");
        StripeObjects.Report(call, "payment_method.attached", method);
        return Answer.Ok(method.DeepClone());
    }

    public static Answer Detach(Call call)
    {
        var method = StripeObjects.Find(call, call.Route("id"), "payment_method");
        method["customer"] = null;
        return Answer.Ok(method.DeepClone());
    }
}
