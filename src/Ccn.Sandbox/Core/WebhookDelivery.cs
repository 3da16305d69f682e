namespace Ccn.Sandbox.Core;

/// <summary>One message to a receiver, kept until it was accepted or given up.</summary>
internal sealed class WebhookDelivery
{
    public const string DueKind = "webhook";

    public required string Id { get; init; }

    public required string Provider { get; init; }

    public required string Url { get; init; }

    public required string EventName { get; init; }

    /// <summary>Deliveries with one key go out one after the other, so a receiver sees an object's events in order unless one fails.</summary>
    public required string OrderingKey { get; init; }

    /// <summary>Body of the first attempt. A provider whose body counts attempts rewrites it before each.</summary>
    public required string Body { get; init; }

    /// <summary>Whether the body is to be altered after signing, as an attacker would.</summary>
    public bool Forged { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Last HTTP status, or 0 when no answer came.</summary>
    public int? LastStatus { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? GivenUpAt { get; set; }
}

/// <summary>Makes the headers a provider sends with a webhook, for one attempt at one instant.</summary>
internal interface IWebhookSigner
{
    string Provider { get; }

    /// <summary>How long the provider goes on trying.</summary>
    TimeSpan Patience { get; }

    /// <summary>The body of this attempt; most providers send the same bytes each time.</summary>
    string BodyOf(WebhookDelivery delivery) => delivery.Body;

    IEnumerable<KeyValuePair<string, string>> Sign(WebhookDelivery delivery, byte[] body, DateTimeOffset now, string baseUrl);
}
