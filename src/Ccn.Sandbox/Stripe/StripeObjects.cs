using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Finding, making and reporting Stripe objects.</summary>
internal static class StripeObjects
{
    /// <summary>The version Stripe.net 53.1 pins; its webhook parser refuses events of another release train.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    public static JsonObject Find(Call call, string id, string type, string? param = null) =>
        call.State.Stripe.Objects.TryGetValue(id, out var found) && found.Text("object") == type
            ? found
            : throw new Refusal(StripeProvider.Error(param is null ? 404 : 400, "invalid_request_error", $"No such {type}: '{id}'", "resource_missing", param ?? "id"));

    public static JsonObject Add(Call call, string id, JsonObject node)
    {
        call.State.Stripe.Objects[id] = node;
        return node;
    }

    public static JsonObject Metadata(Call call, JsonObject? existing = null)
    {
        var metadata = existing ?? [];
        foreach (var (name, value) in call.Form.Where(f => f.Key.StartsWith("metadata[", StringComparison.Ordinal))) { metadata[name[9..^1]] = value; }
        return metadata;
    }

    /// <summary>The object with the charge in place of its id when the call asks to expand it.</summary>
    public static JsonObject Expanded(Call call, JsonObject node)
    {
        var copy = node.DeepClone().AsObject();
        var wanted = call.Form.Where(f => f.Key.StartsWith("expand[", StringComparison.Ordinal)).Select(f => f.Value)
            .Concat(call.Http.Request.Query.Where(q => q.Key.StartsWith("expand[", StringComparison.Ordinal)).SelectMany(q => q.Value)).OfType<string>();
        foreach (var name in wanted)
        {
            if (copy.Text(name) is { } id && call.State.Stripe.Objects.TryGetValue(id, out var inner)) { copy[name] = inner.DeepClone(); }
        }

        return copy;
    }

    public static long Amount(Call call, string name)
    {
        if (!call.Form.TryGetValue(name, out var text)) { throw StripeProvider.Missing(name); }
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)) { throw new Refusal(StripeProvider.Error(400, "invalid_request_error", $"Invalid integer: {text}", "parameter_invalid_integer", name)); }
        return amount > 0 ? amount : throw new Refusal(StripeProvider.Error(400, "invalid_request_error", "This value must be greater than or equal to 1.", "parameter_invalid_integer", name));
    }

    /// <summary>Minor units as a decimal in major units, for the log.</summary>
    public static string Major(long amount, string currency)
    {
        var code = currency.ToUpperInvariant();
        return MoneyText.Format(amount / (decimal)Math.Pow(10, MoneyText.Digits(code)), code);
    }

    public static void Report(Moment moment, string type, JsonObject node, string? requestId = null)
    {
        var id = "evt_" + moment.State.NextMixed(24);
        var message = new JsonObject
        {
            ["id"] = id, ["object"] = "event", ["api_version"] = ApiVersion, ["created"] = moment.Now.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["object"] = node.DeepClone() }, ["livemode"] = false, ["pending_webhooks"] = moment.State.Stripe.Endpoints.Count,
            ["request"] = new JsonObject { ["id"] = requestId, ["idempotency_key"] = (moment as Call)?.Header("Idempotency-Key") }, ["type"] = type,
        };
        moment.State.Stripe.Objects[id] = message;
        foreach (var endpoint in moment.State.Stripe.Endpoints.Where(e => e.EnabledEvents.Count == 0 || e.EnabledEvents.Contains("*", StringComparer.Ordinal) || e.EnabledEvents.Contains(type, StringComparer.Ordinal)))
        {
            moment.Notify("stripe", endpoint.Url, type, node.Text("payment_intent") ?? node.Text("id") ?? id, message.DeepClone());
        }
    }
}
