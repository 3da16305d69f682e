using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.DocuSign;

/// <summary>
/// The JWT grant (RFC 7523): the app signs a short assertion and gets an access token for an hour. There is no refresh token;
/// a new assertion is signed each time.
/// </summary>
internal sealed class DocuSignTokens(IHttpClientFactory clients, IOptions<DocuSignOptions> options, TimeProvider time) : ITokenSource
{
    public const string ClientName = "Ccn.Providers.DocuSign.Token";

    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(10);   // at most an hour; used once, at once

    private readonly AccessTokenCache cache = new(time);

    public string AccountOf(HttpRequestMessage request) => options.Value.UserId;

    public Task<string> GetAsync(string account, CancellationToken cancel) => cache.GetAsync(account, MintAsync, cancel);

    public void Attach(HttpRequestMessage request, string token) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public ValueTask<bool> IsRefusedAsync(HttpResponseMessage response) => ValueTask.FromResult(response.StatusCode is HttpStatusCode.Unauthorized);

    public void Invalidate(string account, string token) => cache.Invalidate(account, token);

    internal static string Assertion(DocuSignOptions options, DateTimeOffset now)
    {
        var header = Encode(new { typ = "JWT", alg = "RS256" });
        var claims = Encode(new
        {
            iss = options.IntegrationKey,
            sub = options.UserId,
            aud = options.AssertionAudience,
            iat = now.ToUnixTimeSeconds(),
            exp = (now + AssertionLifetime).ToUnixTimeSeconds(),
            scope = "signature impersonation",
        });
        using var rsa = RSA.Create();
        rsa.ImportFromPem(options.PrivateKeyPem);
        var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private async Task<IssuedToken> MintAsync(CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                new("assertion", Assertion(options.Value, time.GetUtcNow())),
            ]),
        };
        return await TokenEndpoint.RequestAsync(ProviderNames.DocuSign, client, request, cancel);
    }
}
