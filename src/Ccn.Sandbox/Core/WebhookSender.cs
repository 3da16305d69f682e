using System.Net.Http.Headers;
using System.Text;

namespace Ccn.Sandbox.Core;

/// <summary>Sends webhooks, signed for each attempt anew, and schedules the next attempt of those that failed on a growing schedule.</summary>
internal sealed partial class WebhookSender(
    SandboxOptions options, SandboxStore store, IEnumerable<IWebhookSigner> signers, ILogger<WebhookSender> logger) : IDisposable
{
    /// <summary>Waits after the first, second, ... failed attempt; the last one repeats until the provider's patience ends.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(12),
    ];

    private const int MostKept = 5000;

    private readonly Dictionary<string, IWebhookSigner> signerOf = signers.ToDictionary(s => s.Provider, StringComparer.Ordinal);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = options.WebhookTimeout };
    private readonly SemaphoreSlim inFlight = new(8);
    private readonly Dictionary<string, Task> lastOf = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Address of the sandbox itself; known once it listens.</summary>
    public string BaseUrl { get; set; } = options.PublicUrl ?? options.Url;

    public Task SendAsync(IEnumerable<string> ids)
    {
        var all = new List<Task>();
        foreach (var id in ids)
        {
            var delivery = store.Read(state => state.Webhooks.GetValueOrDefault(id));
            if (delivery is null) { continue; }
            lock (gate)   // each message waits for the one before it with the same key
            {
                var task = AfterAsync(lastOf.GetValueOrDefault(delivery.OrderingKey, Task.CompletedTask), delivery);
                if (lastOf.Count > 1000) { Forget(); }
                lastOf[delivery.OrderingKey] = task;
                all.Add(task);
            }
        }

        return Task.WhenAll(all);
    }

    public void Dispose()
    {
        http.Dispose();
        inFlight.Dispose();
    }

    private void Forget()
    {
        foreach (var key in lastOf.Where(l => l.Value.IsCompleted).Select(l => l.Key).ToList()) { lastOf.Remove(key); }
    }

    private async Task AfterAsync(Task previous, WebhookDelivery delivery)
    {
        await Task.Yield();   // never runs under the caller's lock
        await previous;
        await inFlight.WaitAsync();
        try { await AttemptAsync(delivery); }
        finally { inFlight.Release(); }
    }

    private async Task AttemptAsync(WebhookDelivery delivery)
    {
        var signer = signerOf[delivery.Provider];
        var status = 0;
        try
        {
            var body = Encoding.UTF8.GetBytes(signer.BodyOf(delivery));
            using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url);
            foreach (var (name, value) in signer.Sign(delivery, body, options.Clock.GetUtcNow(), BaseUrl)) { request.Headers.TryAddWithoutValidation(name, value); }
            if (delivery.Forged) { body = [.. body, (byte)' ']; }
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            using var response = await http.SendAsync(request);
            status = (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException or InvalidOperationException)
        {
            LogFailed(delivery.EventName, delivery.Url, e.Message);
        }

        var now = options.Clock.GetUtcNow();
        store.Change(state =>
        {
            if (state.Webhooks.ContainsKey(delivery.Id)) { Settle(new Moment(state, now, BaseUrl), delivery, status, signer.Patience); }
            return 0;
        });
    }

    /// <summary>Delivered messages are kept for people to look at; the older half of them goes when there are too many.</summary>
    private static void Forget(SandboxState state)
    {
        foreach (var old in state.Webhooks.Values.Where(w => w.DeliveredAt is not null).OrderBy(w => w.DeliveredAt).Take(MostKept / 2).ToList()) { state.Webhooks.Remove(old.Id); }
    }

    private static void Settle(Moment moment, WebhookDelivery delivery, int status, TimeSpan patience)
    {
        delivery.Attempts++;
        delivery.LastStatus = status;
        if (status is >= 200 and < 300)
        {
            delivery.DeliveredAt = moment.Now;
            if (moment.State.Webhooks.Count > MostKept) { Forget(moment.State); }
            return;
        }

        var next = moment.Now + Waits[Math.Min(delivery.Attempts, Waits.Length) - 1];
        if (next - delivery.CreatedAt > patience) { delivery.GivenUpAt = moment.Now; }
        else { moment.Schedule(next, WebhookDelivery.DueKind, delivery.Id); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {EventName} to {Url} failed: {Reason}")]
    private partial void LogFailed(string eventName, string url, string reason);
}
