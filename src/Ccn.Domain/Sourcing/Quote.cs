namespace Ccn.Domain.Sourcing;

/// <summary>A supplier's offer. Currency and Incoterm always.</summary>
/// <param name="ValidUntil">Last instant of the offer: the end of the last day in the supplier's zone.</param>
/// <param name="LeadTimeDays">Calendar days from deposit to ready.</param>
public sealed record Quote(string QuoteId, string SupplierId, IReadOnlyList<PriceBreak> Prices, int MinimumOrderQuantity, Money Tooling, int LeadTimeDays, string Incoterm, DateTimeOffset ValidUntil);

/// <summary>Price per unit from this quantity on.</summary>
public sealed record PriceBreak(int FromQuantity, Money UnitPrice);

/// <summary>How a supplier is reached.</summary>
public enum SupplierChannel
{
    /// <summary>CCN's vetted network: the invitation travels through its API.</summary>
    Network,
    /// <summary>Alibaba has no public RFQ call for buyers: the seller hands the invitation over by a prepared link.</summary>
    AlibabaHandOff,
}

/// <param name="Calendar">Business calendar of the supplier's country (<c>CN</c>), or <c>24x7</c>.</param>
/// <param name="Zone">IANA zone of the supplier.</param>
public sealed record Supplier(string SupplierId, string Name, SupplierChannel Channel, string Country, string Calendar, string Zone);

public enum InvitationState { Invited, Seen, Reminded, Quoted, Declined, Silent, Stale }
