using System.Text.Json;
using Ccn.Providers.Http;
using Refit;

namespace Ccn.Providers.PayPal;

/// <summary>
/// A batch refused because its <c>sender_batch_id</c> is known: PayPal links the original, which is the one to reconcile with. In a
/// repetition this refusal means that the first attempt succeeded.
/// </summary>
public static class PayPalDuplicate
{
    private const string Path = "/v1/payments/payouts/";

    /// <summary>Id of the batch that has the <c>sender_batch_id</c> already; null when the answer is anything else.</summary>
    public static string? OriginalBatchId(IApiResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!response.HasResponseError(out var error) || string.IsNullOrEmpty(error.Content)) { return null; }
        try
        {
            var links = JsonSerializer.Deserialize<PayPalError>(error.Content, ProviderJson.SnakeCase)?.Links ?? [];
            return links.Select(l => IdIn(l.Href)).FirstOrDefault(id => id is not null);
        }
        catch (JsonException) { return null; }
    }

    private static string? IdIn(string? href)
    {
        if (!Uri.TryCreate(href, UriKind.Absolute, out var uri)) { return null; }
        var at = uri.AbsolutePath.IndexOf(Path, StringComparison.Ordinal);
        var id = at < 0 ? "" : uri.AbsolutePath[(at + Path.Length)..].Trim('/');
        return id.Length == 0 || id.Contains('/', StringComparison.Ordinal) ? null : id;
    }
}
