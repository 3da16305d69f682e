using Ccn.Domain;
using Ccn.Providers.Http;

namespace Ccn.Providers.Network;

/// <summary>A request for quotation.</summary>
/// <param name="RfqId">Our id; together with the supplier it names the request.</param>
/// <param name="Spec">What is to be made.</param>
/// <param name="Quantity">Units.</param>
/// <param name="ReplyUrl">Our signed address for the answer.</param>
public sealed record NetworkRfq(string RfqId, string SupplierId, NetworkSpec Spec, int Quantity, string ReplyUrl);

/// <summary>What is to be made.</summary>
/// <param name="Description">Materials, sizes, finish, standards; plain text.</param>
/// <param name="ModelUrl">Where the supplier can fetch the model.</param>
public sealed record NetworkSpec(string Description, string? ModelUrl = null);

/// <summary>The network has the request. <see cref="Status"/>: open, quoted or declined, as the network words it.</summary>
public sealed record NetworkRfqReceipt(string RfqId, string SupplierId, string? Status = null);

/// <summary>An order after an approved quote.</summary>
/// <param name="OrderId">Our id, which names the order.</param>
/// <param name="RfqId">The request it follows from.</param>
/// <param name="StatusUrl">Our signed address for milestones.</param>
/// <param name="QuoteId">The network's quote, where one came through it; refused (409) once it has expired.</param>
public sealed record NetworkOrder(string OrderId, string SupplierId, string RfqId, int Quantity, string StatusUrl, string? QuoteId = null);

/// <summary>The network's view of an order.</summary>
/// <param name="NetworkOrderId">The network's own reference.</param>
/// <param name="Status">Name of the last milestone, or canceled.</param>
public sealed record NetworkOrderReceipt(
    string OrderId, string SupplierId, string? NetworkOrderId = null, string? Status = null, IReadOnlyList<NetworkMilestone>? Milestones = null);

/// <summary>A message to a supplier.</summary>
/// <param name="NoticeId">Our id, which names the message.</param>
/// <param name="Kind">reminder, approved, closed, deposit-paid, balance-paid, rework-N, received or canceled.</param>
/// <param name="Detail">Plain text for the supplier.</param>
public sealed record NetworkNotice(string NoticeId, string SupplierId, string Kind, string? Detail = null);

/// <summary>The network has the message.</summary>
public sealed record NetworkNoticeReceipt(string NoticeId);

/// <summary>A milestone that was reached.</summary>
public sealed record NetworkMilestone(string Milestone, DateTimeOffset At);

/// <summary>Suppliers found.</summary>
public sealed record NetworkSupplierList(IReadOnlyList<NetworkSupplier> Suppliers, int? Total = null);

/// <summary>A supplier of the network.</summary>
/// <param name="Country">ISO 3166 code.</param>
/// <param name="TimeZone">IANA time zone, in which its business days are counted.</param>
/// <param name="Rating">0 to 5.</param>
/// <param name="PriceRange">Price per unit, highest at the minimum order.</param>
/// <param name="LeadTimeDays">Calendar days from deposit to ready.</param>
public sealed record NetworkSupplier(
    string SupplierId,
    string Name,
    string Country,
    string TimeZone,
    IReadOnlyList<string>? Categories = null,
    decimal? Rating = null,
    int? Reviews = null,
    int? MinimumOrderQuantity = null,
    NetworkPriceRange? PriceRange = null,
    int? LeadTimeDays = null);

/// <summary>Lowest and highest price per unit, decimal strings.</summary>
public sealed record NetworkPriceRange(string Min, string Max, string Currency)
{
    /// <summary>The lowest price.</summary>
    /// <exception cref="ProviderException">A contract failure: not an amount of that currency.</exception>
    public Money Lowest() => WireAmount.Read(ProviderNames.Network, Min, Currency);

    /// <summary>The highest price.</summary>
    /// <exception cref="ProviderException">A contract failure: not an amount of that currency.</exception>
    public Money Highest() => WireAmount.Read(ProviderNames.Network, Max, Currency);
}
