global using System.Text.Json.Nodes;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ccn.Sandbox.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Ccn.Sandbox.Tests;

/// <summary>A sandbox of its own on a free port, on a clock the test turns, with a receiver for its webhooks.</summary>
public sealed class SandboxFixture : IAsyncDisposable
{
    private static readonly System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate = SandboxOptions.CreatePayPalCertificate();   // a new key for each test would take most of its time
    private readonly WebApplication app;

    private SandboxFixture(SandboxOptions options, FakeTimeProvider clock, WebhookReceiver receiver)
    {
        Options = options;
        Clock = clock;
        Receiver = receiver;
        app = SandboxApp.Create(options, builder => builder.Logging.ClearProviders());
    }

    public SandboxOptions Options { get; }

    public FakeTimeProvider Clock { get; }

    public WebhookReceiver Receiver { get; }

    public HttpClient Http { get; private set; } = null!;

    public string Url => app.Urls.Single();

    public static async Task<SandboxFixture> StartAsync(string? statePath = null, FakeTimeProvider? clock = null, Func<IDisposable>? holdTime = null)
    {
        clock ??= new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));   // a Wednesday
        var receiver = await WebhookReceiver.StartAsync();
        var options = new SandboxOptions
        {
            Url = "http://127.0.0.1:0", Clock = clock, StatePath = statePath, HoldTime = holdTime,
            PayPalCertificate = Certificate, PayPalWebhookUrl = receiver.Url + "/paypal", StripeWebhookUrl = receiver.Url + "/stripe",
        };
        var fixture = new SandboxFixture(options, clock, receiver);
        await fixture.app.StartAsync();
        fixture.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(fixture.Url) };
        await fixture.SettleAsync();
        return fixture;
    }

    /// <summary>Waits until every step that is due is done and every webhook attempt has its answer.</summary>
    public Task SettleAsync() => app.Services.GetRequiredService<Scheduler>().IdleAsync();

    public async Task AdvanceAsync(TimeSpan time)
    {
        await SettleAsync();
        Clock.Advance(time);
        await SettleAsync();
    }

    /// <summary>Sends JSON (or a form, when the body is a dictionary) with the headers given as pairs.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method, string path, object? body = null, string? bearer = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (bearer is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer); }
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }
        request.Content = body switch
        {
            null => null,
            Dictionary<string, string> form => new FormUrlEncodedContent(form),
            JsonNode node => new StringContent(node.ToJsonString(), Encoding.UTF8, "application/json"),
            _ => new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 && text[0] is ('{' or '[') ? JsonNode.Parse(text) : null, response);
    }

    public async Task<JsonNode> ControlAsync(string path, object body)
    {
        var (status, answer, _) = await SendAsync(HttpMethod.Post, "/_control/" + path, body);
        Assert.True((int)status < 300, $"{status}: {answer}");
        await SettleAsync();
        return answer ?? new JsonObject();
    }

    public async Task<JsonArray> LogAsync(string kind) => (await SendAsync(HttpMethod.Get, "/_control/log?kind=" + kind)).Body!.AsArray();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
