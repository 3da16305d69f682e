using System.ComponentModel.DataAnnotations;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Stripe;

/// <summary>Access to Stripe, section <c>Providers:Stripe</c>.</summary>
public sealed class StripeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Stripe";

    /// <summary><c>https://api.stripe.com</c>, or our sandbox.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Secret key.</summary>
    [Required]
    public string ApiKey { get; set; } = "";

    /// <summary>For Stripe.net, which appends paths that begin with a slash.</summary>
    internal string ApiBase => BaseAddress!.AbsoluteUri.TrimEnd('/');
}

[OptionsValidator]
internal sealed partial class StripeOptionsValidator : IValidateOptions<StripeOptions>;
