using System.Net;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Amazon;

/// <summary>Login with Amazon: an access token for an hour from each seller's refresh token. Requests are not signed (no SigV4 since October 2023).</summary>
internal sealed class LwaTokens(IHttpClientFactory clients, IOptions<AmazonOptions> options, TimeProvider time) : ITokenSource
{
    public const string ClientName = "Ccn.Providers.Amazon.Token";

    private const string TokenHeader = "x-amz-access-token";

    private static readonly HttpRequestOptionsKey<AmazonSeller> Seller = new(AmazonSeller.RequestOption);

    private readonly AccessTokenCache cache = new(time);

    public string AccountOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(Seller, out var seller) && seller is not null
            ? seller.RefreshToken
            : throw new InvalidOperationException("An Amazon call must say for which seller it is made.");

    public Task<string> GetAsync(string account, CancellationToken cancel) => cache.GetAsync(account, c => MintAsync(account, c), cancel);

    public void Attach(HttpRequestMessage request, string token)
    {
        request.Headers.Remove(TokenHeader);
        request.Headers.Add(TokenHeader, token);
    }

    /// <summary>Amazon answers 403 to an expired token as it does to a missing role; one new token tells them apart.</summary>
    public ValueTask<bool> IsRefusedAsync(HttpResponseMessage response) => ValueTask.FromResult(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);

    public void Invalidate(string account, string token) => cache.Invalidate(account, token);

    private async Task<IssuedToken> MintAsync(string refreshToken, CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "auth/o2/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "refresh_token"),
                new("refresh_token", refreshToken),
                new("client_id", options.Value.ClientId),
                new("client_secret", options.Value.ClientSecret),
            ]),
        };
        return await TokenEndpoint.RequestAsync(ProviderNames.Amazon, client, request, cancel);
    }
}
