using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ccn.Api.Tests;

/// <summary>What the providers sign with, and the signatures as their documentation describes them. PayPal's certificate is made here and served by a small endpoint.</summary>
internal sealed class ProviderKeys : IAsyncDisposable
{
    public const string DocuSignKey = "connect-hmac-key-of-the-tests";
    public const string PayPalWebhookId = "WHID-CCN";
    public const string StripeSecret = "whsec_of_the_tests";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly RSA strangersRsa = RSA.Create(2048);
    private WebApplication? endpoint;

    public string RootPem { get; private set; } = "";

    public Uri CertificateAddress { get; private set; } = null!;

    public async Task ServeCertificateAsync()
    {
        RootPem = SelfSigned(rsa, "CN=messageverificationcerts");
        var strangers = SelfSigned(strangersRsa, "CN=somebody-else");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{IPAddress.Loopback}:0");
        builder.Logging.ClearProviders();
        endpoint = builder.Build();
        endpoint.Run(http => http.Response.WriteAsync(http.Request.Path == "/certs/strangers" ? strangers : RootPem));
        await endpoint.StartAsync();
        CertificateAddress = new Uri(endpoint.Urls.Single() + "/certs/1");
    }

    public async ValueTask DisposeAsync()
    {
        if (endpoint is not null) { await endpoint.DisposeAsync(); }

        rsa.Dispose();
        strangersRsa.Dispose();
    }

    /// <summary>DocuSign Connect: base64 of HMAC-SHA256 over the raw bytes.</summary>
    public static IReadOnlyDictionary<string, string> DocuSign(byte[] body, string key = DocuSignKey) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["X-DocuSign-Signature-1"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body)) };

    /// <summary>Stripe: <c>t=…,v1=…</c> with HMAC-SHA256 over <c>timestamp.body</c>.</summary>
    public static IReadOnlyDictionary<string, string> Stripe(byte[] body, DateTimeOffset at, string secret = StripeSecret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["Stripe-Signature"] = $"t={time},v1={signature}" };
    }

    /// <summary>PayPal: RSA-SHA256 over <c>id|time|webhook id|CRC32 of the raw bytes</c>.</summary>
    public IReadOnlyDictionary<string, string> PayPal(byte[] body, string transmission, string time = "2026-03-15T09:05:01Z") =>
        PayPalSigned($"{transmission}|{time}|{PayPalWebhookId}|{Crc32.HashToUInt32(body).ToString(CultureInfo.InvariantCulture)}", transmission, time, rsa, CertificateAddress);

    /// <summary>The same message signed by somebody whose certificate lies at the same host.</summary>
    public IReadOnlyDictionary<string, string> PayPalByStranger(byte[] body, string transmission, string time = "2026-03-15T09:05:01Z") =>
        PayPalSigned($"{transmission}|{time}|{PayPalWebhookId}|{Crc32.HashToUInt32(body).ToString(CultureInfo.InvariantCulture)}", transmission, time, strangersRsa, new Uri(CertificateAddress, "/certs/strangers"));

    /// <summary>A signature over a text given literally, as in a recorded case.</summary>
    public IReadOnlyDictionary<string, string> PayPalSigned(string text, string transmission, string time) => PayPalSigned(text, transmission, time, rsa, CertificateAddress);

    private static Dictionary<string, string> PayPalSigned(string text, string transmission, string time, RSA key, Uri certificate) => new(StringComparer.Ordinal)
    {
        ["PAYPAL-TRANSMISSION-ID"] = transmission,
        ["PAYPAL-TRANSMISSION-TIME"] = time,
        ["PAYPAL-AUTH-ALGO"] = "SHA256withRSA",
        ["PAYPAL-CERT-URL"] = certificate.AbsoluteUri,
        ["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
    };

    private static string SelfSigned(RSA key, string name)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
        return certificate.ExportCertificatePem();
    }
}
