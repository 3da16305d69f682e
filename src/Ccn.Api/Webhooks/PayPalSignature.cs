using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ccn.Api.Webhooks;

/// <summary>PayPal's offline check: RSA-SHA256 over <c>id|time|webhookId|crc32(raw body)</c> with a certificate from PayPal's own hosts that chains to a trusted root.</summary>
public sealed class PayPalSignature(IHttpClientFactory http, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const string Algorithm = "SHA256withRSA";
    private readonly Lock gate = new();
    private readonly Dictionary<string, X509Certificate2> certificates = new(StringComparer.Ordinal);

    public async Task<bool> IsValidAsync(IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var address = headers["PAYPAL-CERT-URL"].ToString();
        if (headers["PAYPAL-AUTH-ALGO"] != Algorithm || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || !options.Value.PayPalCertificateHosts.Contains(uri.Authority, StringComparer.OrdinalIgnoreCase)) { return false; }

        var checksum = Crc32.HashToUInt32(body.Span).ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{headers["PAYPAL-TRANSMISSION-ID"]}|{headers["PAYPAL-TRANSMISSION-TIME"]}|{options.Value.PayPalWebhookId}|{checksum}");
        byte[] signature;
        try { signature = Convert.FromBase64String(headers["PAYPAL-TRANSMISSION-SIG"].ToString()); }
        catch (FormatException) { return false; }

        using var key = (await CertificateAsync(uri, cancel))?.GetRSAPublicKey();
        return key is not null && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private async Task<X509Certificate2?> CertificateAsync(Uri address, CancellationToken cancel)
    {
        lock (gate)
        {
            if (certificates.TryGetValue(address.AbsoluteUri, out var known)) { return known; }
        }

        using var client = http.CreateClient("paypal-certificates");
        client.MaxResponseContentBufferSize = 100_000;
        X509Certificate2 certificate;
        try { certificate = X509Certificate2.CreateFromPem(await client.GetStringAsync(address, cancel)); }
        catch (Exception e) when (e is HttpRequestException or CryptographicException) { return null; }

        if (!IsTrusted(certificate)) { return null; }

        lock (gate) { certificates[address.AbsoluteUri] = certificate; }

        return certificate;
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        if (options.Value.PayPalRootPem is { } pem)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(pem));

            // A test root may be younger than the virtual clock of a demo.
            chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        }

        return chain.Build(certificate);
    }
}
