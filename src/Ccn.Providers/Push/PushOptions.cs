using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Push;

/// <summary>Who we are to push services (VAPID, RFC 8292), section <c>Providers:Push</c>. Browsers are bound to the public key: another one means that everybody subscribes again.</summary>
public sealed class PushOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Push";

    /// <summary>Uncompressed P-256 point, base64url.</summary>
    [Required]
    public string PublicKey { get; set; } = "";

    /// <summary>Private scalar, base64url. A secret.</summary>
    [Required]
    public string PrivateKey { get; set; } = "";

    /// <summary>How a push service reaches us when we misbehave: a <c>mailto:</c> or <c>https:</c> address.</summary>
    [Required, RegularExpression("^(mailto:|https:).+")]
    public string Subject { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class PushOptionsValidator : IValidateOptions<PushOptions>;
