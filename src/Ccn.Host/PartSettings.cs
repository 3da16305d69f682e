using System.Globalization;
using Ccn.Sandbox;

namespace Ccn.Host;

/// <summary>The configuration that separate processes would get from their environment. The base address alone decides between sandbox and provider.</summary>
internal sealed record PartSettings(string Url, string SandboxUrl, int SmtpPort, string TemporalAddress, Uri? TemporalUi, string Namespace, string ConnectionString, string Files, string PayoutTemplate, long? TwoApproversFrom, HostSecrets Secrets)
{
    public IReadOnlyDictionary<string, string?> ToConfiguration()
    {
        var sandbox = new SandboxOptions();
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:Ccn"] = ConnectionString,
            ["Temporal:Address"] = TemporalAddress,
            ["Temporal:Namespace"] = Namespace,
            ["TemporalUi:Upstream"] = TemporalUi?.ToString(),
            ["TemporalUi:Namespace"] = Namespace,
            ["Files:Root"] = Files,
            ["Payouts:TemplateId"] = PayoutTemplate,
            ["Payouts:TwoApproversFrom"] = TwoApproversFrom?.ToString(CultureInfo.InvariantCulture),
            ["Links:PublicUrl"] = Url,
            ["Links:SigningKey"] = Secrets.LinkKey,
            ["Webhooks:DocuSignKeys:0"] = Secrets.DocuSignHmacKey,
            ["Webhooks:PayPalWebhookId"] = sandbox.PayPalWebhookId,
            ["Webhooks:PayPalCertificateHosts:0"] = new Uri(SandboxUrl).Authority,
            ["Webhooks:PayPalRootPem"] = Secrets.PayPalCertificate().ExportCertificatePem(),
            ["Webhooks:StripeSecret"] = Secrets.StripeWebhookSecret,
            ["Providers:DocuSign:BaseAddress"] = SandboxUrl + "/docusign/",
            ["Providers:DocuSign:AccountId"] = sandbox.DocuSignAccountId,
            ["Providers:DocuSign:IntegrationKey"] = sandbox.DocuSignIntegrationKey,
            ["Providers:DocuSign:UserId"] = "7a0b6d5c-2f0e-4d0a-9d7e-1c2b3a4d5e6f",
            ["Providers:DocuSign:PrivateKeyPem"] = Secrets.DocuSignPrivateKeyPem,
            ["Providers:Amazon:BaseAddress"] = SandboxUrl + "/amazon/",
            ["Providers:Amazon:ClientId"] = sandbox.AmazonClientId,
            ["Providers:Amazon:ClientSecret"] = sandbox.AmazonClientSecret,
            ["Providers:PayPal:BaseAddress"] = SandboxUrl + "/paypal/",
            ["Providers:PayPal:ClientId"] = sandbox.PayPalClientId,
            ["Providers:PayPal:ClientSecret"] = sandbox.PayPalClientSecret,
            ["Providers:Alibaba:BaseAddress"] = SandboxUrl + "/alibaba/",
            ["Providers:Alibaba:AppKey"] = sandbox.AlibabaAppKey,
            ["Providers:Alibaba:AppSecret"] = sandbox.AlibabaAppSecret,
            ["Providers:Alibaba:RefreshToken"] = "sandbox-alibaba-refresh",
            ["Providers:Network:BaseAddress"] = SandboxUrl + "/network/",
            ["Providers:Network:ApiKey"] = sandbox.NetworkApiKey,
            ["Providers:Mail:Host"] = "127.0.0.1",
            ["Providers:Mail:Port"] = SmtpPort.ToString(CultureInfo.InvariantCulture),
            ["Providers:Mail:Security"] = "None",
            ["Providers:Mail:From"] = "notices@ccn.example",
            ["Providers:Push:PublicKey"] = Secrets.PushKeys.Public,
            ["Providers:Push:PrivateKey"] = Secrets.PushKeys.Private,
            ["Providers:Push:Subject"] = "mailto:ops@ccn.example",
            ["Notices:PushPublicKey"] = Secrets.PushKeys.Public,
            ["Notices:PushServices:4"] = new Uri(SandboxUrl).Authority,
            ["Providers:Stripe:BaseAddress"] = SandboxUrl + "/stripe/",
            ["Providers:Stripe:ApiKey"] = sandbox.StripeApiKey,
        };
    }
}
