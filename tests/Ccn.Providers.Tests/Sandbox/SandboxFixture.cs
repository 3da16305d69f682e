using System.Net.Http.Json;
using Ccn.Providers.Alibaba;
using Ccn.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Ccn.Providers.Tests.Sandbox;

/// <summary>A sandbox of its own for each test class, on a free port, with clients on the same virtual clock.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient control = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));

    public Clients Clients { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        app = SandboxApp.Create(new SandboxOptions { Url = "http://127.0.0.1:0", Clock = Time }, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        control = new HttpClient { BaseAddress = address };
        Clients = new Clients(address, Time, ("Providers:Alibaba:RefreshToken", await ConsentAsync()));
    }

    /// <summary>Asks for a way of failing that happens once.</summary>
    public Task FailAsync(string provider, string operation, string kind, object? more = null) =>
        ControlAsync("faults", new { provider, operation, kind }, more);

    public async Task ControlAsync(string path, object body, object? more = null)
    {
        var members = System.Text.Json.JsonSerializer.SerializeToNode(body)!.AsObject();
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject()) { members[name] = value?.DeepClone(); }
        using var response = await control.PostAsJsonAsync("_control/" + path, members);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads until the state is reached: steps of the sandbox run on threads of their own once the clock has moved.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> reached)
    {
        for (var attempt = 0; ; attempt++)
        {
            var value = await read();
            if (reached(value)) { return value; }
            Assert.True(attempt < 500, $"Never reached; last seen: {value}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Clients.DisposeAsync();
        control.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>The buyer's consent, exchanged for the refresh token that the configuration holds.</summary>
    private async Task<string> ConsentAsync()
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_key"] = "500001", ["sign_method"] = "sha256", ["timestamp"] = $"{Time.GetUtcNow().ToUnixTimeMilliseconds()}", ["code"] = "3_500001_code",
        };
        var sign = AlibabaSigningHandler.Sign("sandbox-alibaba-secret", "/auth/token/create", parameters);
        var query = string.Join('&', parameters.Append(new("sign", sign)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        var answer = await control.GetFromJsonAsync<System.Text.Json.JsonElement>($"alibaba/rest/auth/token/create?{query}");
        return answer.GetProperty("refresh_token").GetString()!;
    }
}
