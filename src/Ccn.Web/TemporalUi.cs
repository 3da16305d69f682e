using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ccn.Web;

/// <summary>Where the workflow server's own user interface is, when there is one.</summary>
public sealed class TemporalUiOptions
{
    public const string Section = "TemporalUi";

    /// <summary>Its address, such as <c>https://temporal.example</c>, where people sign in to it by its own means; null where none runs.</summary>
    public Uri? Address { get; set; }

    /// <summary>The address of an embedded server's UI, which knows no users: the site passes requests below <see cref="TemporalUi.Path"/> on to it, for those who may. It goes before <see cref="Address"/>.</summary>
    public Uri? Upstream { get; set; }

    [Required]
    public string Namespace { get; set; } = "default";
}

/// <summary>Links from the desks into the Temporal UI.</summary>
internal sealed class TemporalUi(IOptions<TemporalUiOptions> options)
{
    /// <summary>Where the site has the UI of an embedded server.</summary>
    public const string Path = "/temporal";

    /// <summary>Its front page; null when there is no Temporal UI, and then nothing links to it.</summary>
    public string? Front => options.Value.Upstream is not null ? Path : options.Value.Address?.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Page of a workflow's latest run; null when there is no Temporal UI.</summary>
    public string? AddressOf(string workflowId) =>
        Front is { } front ? $"{front}/namespaces/{Uri.EscapeDataString(options.Value.Namespace)}/workflows/{Uri.EscapeDataString(workflowId)}" : null;
}
