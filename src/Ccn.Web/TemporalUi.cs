using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ccn.Web;

/// <summary>Where the workflow server's own user interface is, when there is one.</summary>
public sealed class TemporalUiOptions
{
    public const string Section = "TemporalUi";

    /// <summary>Its address, such as <c>http://localhost:8233</c>; null where none runs, and then nothing links to it.</summary>
    public Uri? Address { get; set; }

    [Required]
    public string Namespace { get; set; } = "default";
}

/// <summary>Links from the desks into the Temporal UI.</summary>
internal sealed class TemporalUi(IOptions<TemporalUiOptions> options)
{
    /// <summary>Page of a workflow; null when no Temporal UI is configured.</summary>
    public string? AddressOf(string workflowId) =>
        options.Value.Address is { } address ? new Uri(address, $"/namespaces/{Uri.EscapeDataString(options.Value.Namespace)}/workflows/{Uri.EscapeDataString(workflowId)}").ToString() : null;
}
