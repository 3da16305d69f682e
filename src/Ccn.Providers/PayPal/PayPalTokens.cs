using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.PayPal;

/// <summary>Client credentials grant; a token lives about nine hours and is shared by all calls.</summary>
internal sealed class PayPalTokens(IHttpClientFactory clients, IOptions<PayPalOptions> options, TimeProvider time) : ITokenSource
{
    public const string ClientName = "Ccn.Providers.PayPal.Token";

    private readonly AccessTokenCache cache = new(time);

    public string AccountOf(HttpRequestMessage request) => options.Value.ClientId;

    public Task<string> GetAsync(string account, CancellationToken cancel) => cache.GetAsync(account, MintAsync, cancel);

    public void Attach(HttpRequestMessage request, string token) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public ValueTask<bool> IsRefusedAsync(HttpResponseMessage response) => ValueTask.FromResult(response.StatusCode is HttpStatusCode.Unauthorized);

    public void Invalidate(string account, string token) => cache.Invalidate(account, token);

    private async Task<IssuedToken> MintAsync(CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return await TokenEndpoint.RequestAsync(ProviderNames.PayPal, client, request, cancel);
    }
}
