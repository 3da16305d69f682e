using Refit;

namespace Ccn.Providers.Network;

/// <summary>
/// The manufacturing network, under our own contract: no such network publishes an ordering API. The ids are ours and make every
/// call repeatable; answers (quotes, milestones) come later to the address given.
/// </summary>
public interface INetworkApi
{
    /// <summary>Suppliers that can be asked.</summary>
    [Get("/v1/suppliers")]
    Task<IApiResponse<IReadOnlyList<NetworkSupplier>>> ListSuppliersAsync(CancellationToken cancel);

    /// <summary>Asks one supplier for a quote. Answers 202; the quote is posted to <see cref="NetworkRfq.ReplyUrl"/>.</summary>
    [Post("/v1/rfqs")]
    Task<IApiResponse> SendRfqAsync([Body] NetworkRfq rfq, CancellationToken cancel);

    /// <summary>Orders at a supplier. Answers 202; milestones are posted to <see cref="NetworkOrder.StatusUrl"/>.</summary>
    [Post("/v1/orders")]
    Task<IApiResponse> PlaceOrderAsync([Body] NetworkOrder order, CancellationToken cancel);
}

/// <summary>A request for quotation.</summary>
/// <param name="RfqId">Our id; with the supplier it names the request, so a repetition is harmless.</param>
/// <param name="Spec">What is to be made.</param>
/// <param name="Quantity">Units.</param>
/// <param name="ReplyUrl">Our signed address for the answer.</param>
public sealed record NetworkRfq(string RfqId, string SupplierId, string Spec, int Quantity, string ReplyUrl);

/// <summary>An order after an approved quote.</summary>
/// <param name="OrderId">Our id, which names the order.</param>
/// <param name="StatusUrl">Our signed address for milestones.</param>
public sealed record NetworkOrder(string OrderId, string SupplierId, string RfqId, int Quantity, string StatusUrl);

/// <summary>A supplier of the network.</summary>
/// <param name="Country">ISO 3166 code.</param>
/// <param name="Zone">IANA time zone.</param>
public sealed record NetworkSupplier(
    string SupplierId, string Name, string? Country = null, string? Zone = null, IReadOnlyList<string>? Processes = null, IReadOnlyList<string>? Materials = null);
