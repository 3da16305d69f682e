using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ccn.Providers.Tests;

/// <summary>A request as it came over the wire; the target is not decoded.</summary>
public sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];
}

/// <summary>A real HTTP server that answers as a test says: for faults and bytes that the sandbox has no reason to send.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private FakeProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<Received> Received => [.. received];

    public IReadOnlyList<Received> Calls => [.. received.Where(r => !IsToken(r.Path))];

    public IReadOnlyList<Received> TokenCalls => [.. received.Where(r => IsToken(r.Path))];

    /// <summary>Starts a server whose token endpoints work and whose other paths are answered by <paramref name="answer"/>.</summary>
    public static async Task<FakeProvider> StartAsync(Func<HttpContext, Task> answer, Func<HttpContext, Task>? token = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = new FakeProvider(builder.Build());
        server.app.Run(async http =>
        {
            server.received.Enqueue(await ReadAsync(http));
            await (IsToken(http.Request.Path) ? (token ?? IssueTokenAsync)(http) : answer(http));
        });
        await server.app.StartAsync();
        return server;
    }

    public static Task<FakeProvider> AnsweringAsync(int status, string body, params (string Name, string Value)[] headers) =>
        StartAsync(http => WriteAsync(http, status, body, headers));

    public static async Task WriteAsync(HttpContext http, int status, string body, params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) { http.Response.Headers[name] = value; }
        await http.Response.WriteAsync(body);
    }

    public static Task IssueTokenAsync(HttpContext http) => WriteAsync(http, 200, http.Request.Path.Value!.EndsWith("/refresh", StringComparison.Ordinal)
        ? """{"access_token":"token-1","refresh_token":"refresh-2","expires_in":"864000","code":"0","request_id":"r"}"""   // Alibaba's numbers are strings
        : """{"access_token":"token-1","token_type":"bearer","expires_in":3600}""");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static bool IsToken(string path) => path.EndsWith("/token", StringComparison.Ordinal) || path.EndsWith("/token/refresh", StringComparison.Ordinal);

    private static async Task<Received> ReadAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        http.Request.Body.Position = 0;   // for the test's own answer
        return new(http.Request.Method, http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body);
    }
}
