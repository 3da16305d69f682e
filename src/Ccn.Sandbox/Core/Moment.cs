using System.Globalization;
using System.Text.Json.Nodes;

namespace Ccn.Sandbox.Core;

/// <summary>The state at one instant, with what every change may need. Only valid while the store's lock is held.</summary>
internal record Moment(SandboxState State, DateTimeOffset Now, string BaseUrl)
{
    public void Schedule(DateTimeOffset at, string kind, string key) => State.Due.Add(new DueWork(++State.Sequence, at, kind, key));

    public void Log(string provider, string kind, string id, string? key = null, string? amount = null, string? currency = null, string? detail = null) =>
        State.Log.Add(new LogEntry(State.Log.Count + 1, Now, provider, kind, id, key, amount, currency, detail));

    /// <summary>Queues a webhook. Faults asked for deliveries are taken here, so they are part of the state like the delivery itself.</summary>
    public void Notify(string provider, string url, string eventName, string orderingKey, JsonNode body)
    {
        var fault = Fault.Take(State, provider, ["webhook", eventName], Fault.Twice, Fault.Garbage, Fault.Slow);
        var at = fault?.Kind == Fault.Slow ? Now + fault.Delay : Now;
        for (var copies = fault?.Kind == Fault.Twice ? 2 : 1; copies > 0; copies--)
        {
            var delivery = new WebhookDelivery
            {
                Id = "whd_" + State.NextMixed(16),
                Provider = provider,
                Url = url,
                EventName = eventName,
                OrderingKey = url + " " + orderingKey,
                Body = body.ToJsonString(),
                Forged = fault?.Kind == Fault.Garbage,
                CreatedAt = Now,
            };
            State.Webhooks.Add(delivery.Id, delivery);
            Schedule(at, WebhookDelivery.DueKind, delivery.Id);
        }
    }
}

/// <summary>Instants as the providers write them.</summary>
internal static class Instants
{
    /// <summary>ISO 8601 in UTC with seconds: 2026-11-25T21:00:00Z.</summary>
    public static string Iso(this DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 in UTC with the full fraction .NET keeps.</summary>
    public static string IsoPrecise(this DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
