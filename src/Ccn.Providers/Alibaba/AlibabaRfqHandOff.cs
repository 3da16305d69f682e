using System.Globalization;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Alibaba;

/// <summary>
/// Hands a request for quotation over to Alibaba's own page: the public API lets suppliers answer requests, but no buyer post one.
/// The seller follows the link, posts the request there and records its number with us.
/// </summary>
public sealed class AlibabaRfqHandOff(IOptions<AlibabaOptions> options)
{
    private const int MaxSubject = 100;
    private const int MaxDetail = 1_500;   // browsers and proxies cut addresses beyond 2,000 to 8,000 characters

    /// <summary>The link for one request and supplier. The same input gives the same link.</summary>
    /// <param name="rfqId">Our id, shown to the supplier as reference.</param>
    /// <param name="supplierId">Alibaba's company id; null to ask all suppliers.</param>
    /// <param name="subject">What is wanted; cut to 100 characters.</param>
    /// <param name="specification">Details; cut to 1,500 characters.</param>
    /// <param name="quantity">Units wanted, at least one.</param>
    public Uri LinkFor(string rfqId, string? supplierId, string subject, string specification, int quantity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rfqId);
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        List<(string Key, string? Value)> parameters =
        [
            ("ref", rfqId),
            ("companyId", supplierId),
            ("subject", Cut(subject, MaxSubject)),
            ("detail", Cut(specification, MaxDetail)),
            ("quantity", quantity.ToString(CultureInfo.InvariantCulture)),
            ("unit", "Pieces"),
        ];
        var query = string.Join('&', parameters.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
        return new UriBuilder(options.Value.RfqPage) { Query = query }.Uri;
    }

    /// <summary>Cuts between whole characters: half a surrogate pair cannot be encoded.</summary>
    private static string Cut(string text, int max)
    {
        if (text.Length <= max) { return text; }
        return char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)] : text[..max];
    }
}
