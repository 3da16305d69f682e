using Ccn.Domain.Sourcing;

namespace Ccn.Activities.Sourcing;

/// <summary>Personal addresses for suppliers, who have no account.</summary>
internal static class SupplierLink
{
    /// <summary>Purpose of a link by which a supplier answers an RFQ.</summary>
    private const string Rfq = "rfq";

    /// <summary>Purpose of a link by which a supplier reports on an order.</summary>
    private const string Order = "order";

    /// <summary>How long a link to an RFQ works, from its opening.</summary>
    private static readonly TimeSpan RfqLifetime = TimeSpan.FromDays(180);

    /// <summary>How long a link to an order works, from the opening of its RFQ.</summary>
    private static readonly TimeSpan OrderLifetime = TimeSpan.FromDays(730);

    /// <summary>The link by which a supplier answers. The same input gives the same one, so a repeated call to the network says the same.</summary>
    public static SignedLink ToRfq(string rfqId, string supplierId, DateTimeOffset openedAt) => new(Rfq, rfqId, supplierId, openedAt + RfqLifetime);

    /// <summary>The link by which a supplier reports on an order.</summary>
    public static SignedLink ToOrder(string orderId, string supplierId, DateTimeOffset openedAt) => new(Order, orderId, supplierId, openedAt + OrderLifetime);
}
