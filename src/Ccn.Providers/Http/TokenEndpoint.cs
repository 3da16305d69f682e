using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccn.Providers.Http;

/// <summary>Calls an OAuth 2 token endpoint (RFC 6749, sections 5.1 and 5.2) and translates what goes wrong.</summary>
internal static class TokenEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    public static async Task<IssuedToken> RequestAsync(string provider, HttpClient client, HttpRequestMessage request, CancellationToken cancel)
    {
        var call = new ProviderCall(provider, ReadError);
        try
        {
            using var response = await client.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode) { throw await RefusalAsync(call, response, cancel); }
            var answer = await response.Content.ReadFromJsonAsync<Answer>(Json, cancel);
            if (answer is not { AccessToken.Length: > 0, ExpiresIn: > 0 })
            {
                throw new ProviderException(provider, ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, "The token endpoint answered without a token or its lifetime.");
            }

            var lifetime = answer.ExpiresIn >= LongestLifetime.TotalSeconds ? LongestLifetime : TimeSpan.FromSeconds(answer.ExpiresIn);
            return new(answer.AccessToken, lifetime);
        }
        catch (Exception e) when (e is not ProviderException && call.IsTransport(e)) { throw call.Translate(e); }
    }

    private static async Task<ProviderException> RefusalAsync(ProviderCall call, HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsStringAsync(cancel);
        ErrorDetail? detail = null;
        try { detail = ReadError(response.StatusCode, body); }
        catch (JsonException) { /* not JSON: the status has to do */ }
        return new(call.Provider, ProviderCall.FailureOf(response.StatusCode), detail?.Code ?? ProviderCodes.ForStatus((int)response.StatusCode),
            $"No token: {detail?.Message ?? $"status {(int)response.StatusCode}"}", RetryAfter.Read(response.Headers, TimeProvider.System.GetUtcNow()));
    }

    private static ErrorDetail? ReadError(HttpStatusCode status, string body) =>
        JsonSerializer.Deserialize<Refusal>(body, Json) is { Error: { Length: > 0 } error } refusal ? new(error, refusal.ErrorDescription ?? error) : null;

    private sealed record Answer(string? AccessToken, long ExpiresIn);

    private sealed record Refusal(string? Error, string? ErrorDescription);
}
