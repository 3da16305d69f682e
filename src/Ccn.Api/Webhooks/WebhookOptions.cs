using System.ComponentModel.DataAnnotations;

namespace Ccn.Api.Webhooks;

/// <summary>What the providers sign their messages with.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>DocuSign Connect HMAC keys; any match is enough while keys are rotated.</summary>
    [Required, MinLength(1)]
    public IList<string> DocuSignKeys { get; init; } = [];

    [Required]
    public string PayPalWebhookId { get; set; } = "";

    /// <summary>Hosts that PayPal's certificates may come from.</summary>
    public IList<string> PayPalCertificateHosts { get; init; } = ["api.paypal.com", "api-m.paypal.com", "api.sandbox.paypal.com", "api-m.sandbox.paypal.com"];

    /// <summary>PEM of a root that PayPal's certificate must chain to instead of the system's roots; for the sandbox.</summary>
    public string? PayPalRootPem { get; set; }

    [Required]
    public string StripeSecret { get; set; } = "";
}
