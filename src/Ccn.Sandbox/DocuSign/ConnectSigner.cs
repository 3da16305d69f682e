using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>Connect: HMAC-SHA256 of the raw body in base64, one header for each active key; the body counts the attempts.</summary>
internal sealed class ConnectSigner(SandboxOptions options) : IWebhookSigner
{
    /// <summary>Stands for the account id until the message goes out, as the state knows no options.</summary>
    public const string AccountPlaceholder = "{accountId}";

    public string Provider => "docusign";

    public TimeSpan Patience => TimeSpan.FromDays(15);

    public string BodyOf(WebhookDelivery delivery)
    {
        var body = delivery.Body.Replace(AccountPlaceholder, options.DocuSignAccountId, StringComparison.Ordinal);
        if (delivery.Attempts == 0) { return body; }
        var message = JsonNode.Parse(body)!.AsObject();
        message["retryCount"] = delivery.Attempts;
        return message.ToJsonString();
    }

    public IEnumerable<KeyValuePair<string, string>> Sign(WebhookDelivery delivery, byte[] body, DateTimeOffset now, string baseUrl)
    {
        yield return new("X-Authorization-Digest", "HMACSHA256");
        yield return new("X-DocuSign-AccountId", options.DocuSignAccountId);
        yield return new("X-DocuSign-Signature-1", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.DocuSignHmacKey), body)));
    }
}
