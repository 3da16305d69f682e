using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.PayPal;

/// <summary>RSA-SHA256 over transmission id, time, webhook id and the CRC-32 of the body, with a certificate anybody may fetch.</summary>
internal sealed class PayPalSigner : IWebhookSigner, IDisposable
{
    private readonly X509Certificate2 certificate;
    private readonly RSA key;
    private readonly SandboxStore store;
    private readonly bool ownsCertificate;

    public PayPalSigner(SandboxOptions options, SandboxStore store)
    {
        this.store = store;
        ownsCertificate = options.PayPalCertificate is null;
        certificate = options.PayPalCertificate ?? SandboxOptions.CreatePayPalCertificate();
        key = certificate.GetRSAPrivateKey() ?? throw new ArgumentException("The PayPal certificate has no RSA private key.", nameof(options));
        CertificatePem = certificate.ExportCertificatePem();
        CertificateName = "CERT-" + certificate.Thumbprint[..16].ToLowerInvariant();
    }

    public string Provider => "paypal";

    public TimeSpan Patience => TimeSpan.FromDays(3);

    public string CertificatePem { get; }

    /// <summary>Last segment of the certificate's address; it changes with the key, so a cached certificate is never the wrong one.</summary>
    public string CertificateName { get; }

    public IEnumerable<KeyValuePair<string, string>> Sign(WebhookDelivery delivery, byte[] body, DateTimeOffset now, string baseUrl)
    {
        var webhookId = store.Read(state => state.PayPal.Webhooks.Find(w => w.Url == delivery.Url)?.Id ?? "");
        var id = new Guid(TransmissionId(delivery)).ToString("D");
        var time = now.Iso();
        var signature = key.SignData(Message(id, time, webhookId, body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        yield return new("PAYPAL-TRANSMISSION-ID", id);
        yield return new("PAYPAL-TRANSMISSION-TIME", time);
        yield return new("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(signature));
        yield return new("PAYPAL-CERT-URL", $"{baseUrl}/paypal/certs/{CertificateName}");
        yield return new("PAYPAL-AUTH-ALGO", "SHA256withRSA");
    }

    public bool IsSigned(string id, string time, string webhookId, byte[] body, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(Message(id, time, webhookId, body), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose()
    {
        key.Dispose();
        if (ownsCertificate) { certificate.Dispose(); }
    }

    private static byte[] TransmissionId(WebhookDelivery delivery) => SHA256.HashData(Encoding.UTF8.GetBytes(delivery.Id)).AsSpan(0, 16).ToArray();

    private static byte[] Message(string id, string time, string webhookId, byte[] body) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}|{time}|{webhookId}|{Crc32(body)}"));

    /// <summary>CRC-32 (IEEE 802.3, reflected polynomial EDB88320), bit by bit: bodies are small, and a table would be one more thing to get wrong.</summary>
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1; }
        }

        return ~crc;
    }
}
