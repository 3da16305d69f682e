using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Stripe-Signature: HMAC-SHA256 of "{time}.{raw body}" in hex; the time is that of the attempt.</summary>
internal sealed class StripeSigner(SandboxOptions options) : IWebhookSigner
{
    public string Provider => "stripe";

    public TimeSpan Patience => TimeSpan.FromDays(3);

    public IEnumerable<KeyValuePair<string, string>> Sign(WebhookDelivery delivery, byte[] body, DateTimeOffset now, string baseUrl)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.StripeWebhookSecret), signed));
        yield return new("Stripe-Signature", $"t={time},v1={signature}");
    }
}
