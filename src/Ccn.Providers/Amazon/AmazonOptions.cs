using System.ComponentModel.DataAnnotations;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Amazon;

/// <summary>Access to the Selling Partner API, section <c>Providers:Amazon</c>.</summary>
public sealed class AmazonOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Amazon";

    /// <summary>The region's host, such as <c>https://sellingpartnerapi-na.amazon.com</c>, or our sandbox.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Login with Amazon, <c>https://api.amazon.com</c>; <see cref="BaseAddress"/> when absent.</summary>
    [BaseAddress]
    public Uri? AuthAddress { get; set; }

    /// <summary>Client id of the app.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>Secret of the app; Amazon ends it after 180 days.</summary>
    [Required]
    public string ClientSecret { get; set; } = "";

    internal Uri AuthBase => BaseAddressAttribute.WithSlash(AuthAddress ?? BaseAddress!);
}

[OptionsValidator]
internal sealed partial class AmazonOptionsValidator : IValidateOptions<AmazonOptions>;
