using System.ComponentModel.DataAnnotations;

namespace Ccn.ServiceDefaults;

/// <summary>Where the workflow server is. Moving from the embedded server to a cluster changes the address only.</summary>
public sealed class TemporalOptions
{
    public const string Section = "Temporal";

    /// <summary>host:port of the frontend.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1:7233";

    [Required]
    public string Namespace { get; set; } = "default";
}
