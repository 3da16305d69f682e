using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccn.Sandbox;

/// <summary>
/// What a sandbox is started with. The defaults are enough for a stand-alone start; a host passes its own clock and secrets,
/// so that the product's clients and the sandbox agree on them.
/// </summary>
public sealed class SandboxOptions
{
    /// <summary>Address to listen on. Port 0 takes a free one; read it from <c>app.Urls</c> after the start.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5600";

    /// <summary>Port of the SMTP server on this machine. Port 0 takes a free one; ask <see cref="SandboxApp.SmtpPortOf"/> after the start.</summary>
    public int SmtpPort { get; init; }

    /// <summary>Address that links, certificates and webhooks name. When null: the address the sandbox listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Every time stamp, delay and schedule of the sandbox comes from here, so a virtual clock moves the whole outside world.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called around work that has to end before virtual time may jump: due transitions with their snapshot, and each webhook attempt
    /// in flight. It is not held while a failed webhook waits for its next attempt: that wait is itself virtual time.
    /// </summary>
    public Func<IDisposable>? HoldTime { get; init; }

    /// <summary>JSON snapshot, replaced atomically after each change and read at the start. When null the state dies with the process.</summary>
    public string? StatePath { get; init; }

    /// <summary>Real (network) time one webhook attempt may take before it counts as failed; virtual time stands still meanwhile.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Integration key (OAuth client id) the DocuSign token endpoint accepts as issuer of the assertion.</summary>
    public string DocuSignIntegrationKey { get; init; } = "6f8f2d5e-1c1c-4b57-9d0e-2f1b8b6a7c10";

    /// <summary>PEM of the public key that belongs to the integration key. When null the assertion's signature is not checked, only its form.</summary>
    public string? DocuSignPublicKeyPem { get; init; }

    /// <summary>DocuSign account id (GUID) that userinfo names and every envelope path must carry.</summary>
    public string DocuSignAccountId { get; init; } = "b1f6c5a8-3d58-4b7f-8a58-0c9de4b0f001";

    /// <summary>Connect HMAC key, UTF-8, as shown once in DocuSign's admin pages.</summary>
    public string DocuSignHmacKey { get; init; } = "sandbox-docusign-connect-key";

    /// <summary>OAuth client id the Login with Amazon token endpoint accepts.</summary>
    public string AmazonClientId { get; init; } = "amzn1.application-oa2-client.sandbox";

    /// <summary>OAuth client secret that belongs to <see cref="AmazonClientId"/>.</summary>
    public string AmazonClientSecret { get; init; } = "amzn1.oa2-cs.v1.sandbox";

    /// <summary>Seller a refresh token that names none belongs to. A token <c>Atzr|SELLER</c> belongs to SELLER.</summary>
    public string AmazonSellerId { get; init; } = "A3SANDBOXSELLER";

    /// <summary>Time between an accepted listing and its ASIN.</summary>
    public TimeSpan AmazonPublishDelay { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>OAuth client id of the PayPal app.</summary>
    public string PayPalClientId { get; init; } = "sandbox-paypal-client";

    /// <summary>OAuth client secret of the PayPal app.</summary>
    public string PayPalClientSecret { get; init; } = "sandbox-paypal-secret";

    /// <summary>Id of the webhook that exists from the start when <see cref="PayPalWebhookUrl"/> is set, and of the first one registered.</summary>
    public string PayPalWebhookId { get; init; } = "5GP028458E2496506";

    /// <summary>Receiver of PayPal events from the start, without a registration call.</summary>
    public string? PayPalWebhookUrl { get; init; }

    /// <summary>Certificate (with its RSA key) that signs PayPal webhooks; made at the start when null.</summary>
    public X509Certificate2? PayPalCertificate { get; init; }

    /// <summary>Time between an accepted payout batch and the outcome of its items.</summary>
    public TimeSpan PayPalProcessingDelay { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Secret API key Stripe calls must bear.</summary>
    public string StripeApiKey { get; init; } = "sk_test_sandbox";

    /// <summary>Signing secret of the Stripe webhook endpoints.</summary>
    public string StripeWebhookSecret { get; init; } = "whsec_sandbox";

    /// <summary>Receiver of Stripe events from the start, without a registration call.</summary>
    public string? StripeWebhookUrl { get; init; }

    /// <summary>Bearer key of the manufacturing network's API.</summary>
    public string NetworkApiKey { get; init; } = "sandbox-network-key";

    /// <summary>HMAC secret of the manufacturing network's callbacks.</summary>
    public string NetworkHmacSecret { get; init; } = "sandbox-network-hmac";

    /// <summary>Alibaba Open Platform application key.</summary>
    public string AlibabaAppKey { get; init; } = "500001";

    /// <summary>Alibaba Open Platform application secret, which signs every call.</summary>
    public string AlibabaAppSecret { get; init; } = "sandbox-alibaba-secret";

    /// <summary>
    /// A self-signed certificate for PayPal webhooks. Its validity spans every date a virtual clock may reach, because a verifier may
    /// compare it with the real date and the sandbox with the virtual one.
    /// </summary>
    public static X509Certificate2 CreatePayPalCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=messageverificationcerts.sandbox.paypal.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero));
    }
}
