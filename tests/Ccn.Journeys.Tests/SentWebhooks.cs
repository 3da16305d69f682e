using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Ccn.Journeys.Tests;

/// <summary>A webhook as it went over the wire.</summary>
internal sealed record SentWebhook(Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary><c>docusign</c>, <c>paypal</c> or <c>stripe</c>.</summary>
    public string Provider => Address.Segments[^1];

    /// <summary>Marks a repeat, which no provider has sent.</summary>
    public static HttpRequestOptionsKey<bool> IsRepeat { get; } = new("ccn.repeat");

    /// <summary>The very same request once more.</summary>
    public async Task<HttpResponseMessage> RepeatAsync(HttpClient http, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent(Body) };
        request.Options.Set(IsRepeat, true);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        foreach (var (name, value) in Headers) { request.Headers.TryAddWithoutValidation(name, value); }

        return await http.SendAsync(request, cancel);
    }
}

/// <summary>Listens to the HTTP client of this process and keeps the webhooks that its sandboxes send, byte for byte, with their signatures.</summary>
internal sealed class SentWebhooks : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string HttpListener = "HttpHandlerDiagnosticListener", Started = "System.Net.Http.HttpRequestOut.Start";
    private readonly ConcurrentQueue<SentWebhook> sent = new();
    private readonly ConcurrentBag<IDisposable> subscriptions = [];

    public SentWebhooks() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Those that went to one site, in the order they were sent.</summary>
    public IReadOnlyList<SentWebhook> To(string siteUrl) => [.. sent.Where(webhook => webhook.Address.Authority == new Uri(siteUrl).Authority)];

    public void Dispose()
    {
        foreach (var subscription in subscriptions) { subscription.Dispose(); }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == HttpListener) { subscriptions.Add(value.Subscribe(this, name => name.StartsWith("System.Net.Http.HttpRequestOut", StringComparison.Ordinal))); }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != Started || value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is not HttpRequestMessage { Content: ByteArrayContent body, RequestUri: { } address } request) { return; }
        if (!address.AbsolutePath.StartsWith("/webhooks/", StringComparison.Ordinal) || request.Options.TryGetValue(SentWebhook.IsRepeat, out _)) { return; }

        // Bytes in memory: reading them waits for nothing.
        using var copy = new MemoryStream();
        body.CopyTo(copy, null, CancellationToken.None);
        sent.Enqueue(new(address, [.. request.Headers.Select(header => new KeyValuePair<string, string>(header.Key, string.Join(',', header.Value)))], copy.ToArray()));
    }

    public void OnCompleted()
    {
        // Listeners go with the process.
    }

    public void OnError(Exception error)
    {
        // Nobody to tell: a test that misses its webhook fails.
    }
}
