using System.Text;
using System.Text.Json.Nodes;

namespace Ccn.TemporalServer.Tests.Json;

/// <summary>A server's JSON API, as a program calls it.</summary>
internal sealed class JsonApiServer(Uri address) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = address };

    public async Task<(int Status, JsonNode Body)> CallAsync(string verb, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(verb), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    public async Task<JsonNode> GetAsync(string path) => await OkAsync("GET", path);

    public async Task<JsonNode> PostAsync(string path, string body) => await OkAsync("POST", path, body);

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> OkAsync(string verb, string path, string? body = null)
    {
        var (status, answer) = await CallAsync(verb, path, body);
        Assert.True(status == 200, $"{verb} {path}: {status} {answer}");
        return answer;
    }
}
