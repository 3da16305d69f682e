using Refit;

namespace Ccn.Providers.Http;

/// <summary>
/// Refuses a call whose path lost or gained a segment. Percent-encoding cannot protect <c>.</c> and <c>..</c>, which URIs remove together
/// with their neighbour, nor an empty value: a SKU named <c>..</c> would address the seller instead of a listing.
/// </summary>
internal sealed class PathShapeHandler(string provider) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<string> Template = new(HttpRequestMessageOptions.RelativePathTemplate);

    /// <summary>The path of the base address, which is no part of the template; set when the client is made.</summary>
    public required string BasePath { get; init; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(Template, out var template) && request.RequestUri is { } uri && !SameShape(template, uri))
        {
            throw new ProviderException(provider, ProviderFailure.Rejected, ProviderCodes.UnsafePath, $"A value does not fit into the path {template}.");
        }

        return base.SendAsync(request, cancellationToken);
    }

    private bool SameShape(string template, Uri uri)
    {
        var path = uri.AbsolutePath.AsSpan();
        if (!path.StartsWith(BasePath, StringComparison.Ordinal)) { return false; }
        var expected = template.AsSpan();
        var query = expected.IndexOf('?');
        if (query >= 0) { expected = expected[..query]; }
        path = path[BasePath.Length..];
        return path.Count('/') == expected.Trim('/').Count('/') && !path.Contains("//", StringComparison.Ordinal)
            && !path.StartsWith('/') && path.EndsWith('/') == expected.EndsWith('/');
    }
}
