using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Alibaba;

/// <summary>
/// Access tokens last about ten days, and each renewal may bring a new refresh token, which is used from then on. It is kept in memory:
/// after a restart the configured one serves again, for the 60 days of the buyer's consent.
/// </summary>
internal sealed class AlibabaTokens(IHttpClientFactory clients, IOptions<AlibabaOptions> options, TimeProvider time) : ITokenSource
{
    public const string ClientName = "Ccn.Providers.Alibaba.Token";

    private const long LongestError = 2_048;

    private readonly AccessTokenCache cache = new(time);
    private string? newestRefreshToken;

    public string AccountOf(HttpRequestMessage request) => options.Value.AppKey;

    public Task<string> GetAsync(string account, CancellationToken cancel) => cache.GetAsync(account, MintAsync, cancel);

    public void Attach(HttpRequestMessage request, string token) => request.Options.Set(AlibabaSigningHandler.AccessToken, token);

    /// <summary>A refused token comes with HTTP 200 and a code; answers with content are longer than any error and are not read twice.</summary>
    public async ValueTask<bool> IsRefusedAsync(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized) { return true; }
        return response.Content.Headers.ContentLength < LongestError
            && (await response.Content.ReadAsStringAsync()).Contains("\"IllegalAccessToken\"", StringComparison.Ordinal);
    }

    public void Invalidate(string account, string token) => cache.Invalidate(account, token);

    private async Task<IssuedToken> MintAsync(CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        var refreshToken = newestRefreshToken ?? options.Value.RefreshToken;
        try
        {
            using var response = await client.PostAsync(new Uri($"auth/token/refresh?refresh_token={Uri.EscapeDataString(refreshToken)}", UriKind.Relative), null, cancel);
            if (!response.IsSuccessStatusCode)
            {
                throw new ProviderException(ProviderNames.Alibaba, ProviderCall.FailureOf(response.StatusCode),
                    ProviderCodes.ForStatus((int)response.StatusCode), "No token.", RetryAfter.Read(response.Headers, time.GetUtcNow()));
            }

            return Read(await response.Content.ReadFromJsonAsync<TokenAnswer>(ProviderJson.SnakeCase, cancel));
        }
        catch (Exception e) when (e is not ProviderException && ProviderCall.Alibaba.IsTransport(e)) { throw ProviderCall.Alibaba.Translate(e); }
    }

    private IssuedToken Read(TokenAnswer? answer)
    {
        if (answer is null) { throw Unreadable(); }
        if (answer.Failure is { } failure)
        {
            throw new ProviderException(ProviderNames.Alibaba, failure.Kind ?? ProviderFailure.Rejected, failure.Code, $"No token: {failure.Message}");
        }

        if (answer is not { AccessToken: { Length: > 0 } token } || !long.TryParse(answer.ExpiresIn, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0) { throw Unreadable(); }
        if (answer.RefreshToken is { Length: > 0 } renewed) { newestRefreshToken = renewed; }
        return new(token, TimeSpan.FromSeconds(Math.Min(seconds, 864_000)));
    }

    private static ProviderException Unreadable() =>
        new(ProviderNames.Alibaba, ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, "The token call answered without a token or its lifetime.");

    private sealed record TokenAnswer(
        string? AccessToken = null, string? RefreshToken = null, string? ExpiresIn = null, string? Code = null, string? Type = null, string? Message = null, string? RequestId = null)
        : AlibabaAnswer(Code, Type, Message, RequestId);
}
