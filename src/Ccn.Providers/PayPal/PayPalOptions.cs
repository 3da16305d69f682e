using System.ComponentModel.DataAnnotations;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.PayPal;

/// <summary>Access to PayPal Payouts, section <c>Providers:PayPal</c>.</summary>
public sealed class PayPalOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:PayPal";

    /// <summary><c>https://api-m.paypal.com</c>, its sandbox, or ours.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Client id of the REST app.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>Secret of the REST app.</summary>
    [Required]
    public string ClientSecret { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class PayPalOptionsValidator : IValidateOptions<PayPalOptions>;
