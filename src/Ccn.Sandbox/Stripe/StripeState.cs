using System.Text.Json.Nodes;

namespace Ccn.Sandbox.Stripe;

/// <summary>Stripe objects as they go over the wire, by id, with what is needed to behave.</summary>
internal sealed class StripeState
{
    /// <summary>Customers, payment methods, intents, charges, refunds and events.</summary>
    public Dictionary<string, JsonObject> Objects { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Test card token behind a payment method, for example pm_card_chargeCustomerFail.</summary>
    public Dictionary<string, string> Cards { get; set; } = new(StringComparer.Ordinal);

    /// <summary>First answer of an Idempotency-Key, whatever it was.</summary>
    public Dictionary<string, RememberedAnswer> Keys { get; set; } = new(StringComparer.Ordinal);

    public List<StripeEndpoint> Endpoints { get; set; } = [];
}

internal sealed record RememberedAnswer(string Fingerprint, int Status, byte[] Body, DateTimeOffset At);

internal sealed record StripeEndpoint(string Id, string Url, List<string> EnabledEvents);
