using System.ComponentModel.DataAnnotations;
using Ccn.Providers.Http;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Network;

/// <summary>Access to the manufacturing network, section <c>Providers:Network</c>.</summary>
public sealed class NetworkOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Providers:Network";

    /// <summary>The network's address, or our sandbox.</summary>
    [Required, BaseAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>Key sent as bearer token. A secret.</summary>
    [Required]
    public string ApiKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class NetworkOptionsValidator : IValidateOptions<NetworkOptions>;
