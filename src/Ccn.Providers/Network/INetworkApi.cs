using Refit;

namespace Ccn.Providers.Network;

/// <summary>
/// The manufacturing network, under our own contract: no such network publishes an ordering API. The ids are ours and make every
/// call repeatable: the same id with the same content answers 202 again, with other content 409. Quotes and milestones come later, to
/// the addresses given.
/// </summary>
public interface INetworkApi
{
    /// <summary>Suppliers that fit; all when nothing is asked for.</summary>
    /// <param name="query">Words in name or category.</param>
    /// <param name="category">One category.</param>
    /// <param name="country">ISO 3166 code.</param>
    /// <param name="maxMoq">Highest acceptable minimum order quantity.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Get("/v1/suppliers")]
    Task<IApiResponse<NetworkSupplierList>> ListSuppliersAsync(string? query, string? category, string? country, int? maxMoq, CancellationToken cancel);

    /// <summary>One supplier.</summary>
    [Get("/v1/suppliers/{supplierId}")]
    Task<IApiResponse<NetworkSupplier>> GetSupplierAsync(string supplierId, CancellationToken cancel);

    /// <summary>Asks one supplier for a quote. Answers 202; the quote is posted to <see cref="NetworkRfq.ReplyUrl"/>.</summary>
    [Post("/v1/rfqs")]
    Task<IApiResponse<NetworkRfqReceipt>> SendRfqAsync([Body] NetworkRfq rfq, CancellationToken cancel);

    /// <summary>Orders at a supplier. Answers 202; milestones are posted to <see cref="NetworkOrder.StatusUrl"/>.</summary>
    [Post("/v1/orders")]
    Task<IApiResponse<NetworkOrderReceipt>> PlaceOrderAsync([Body] NetworkOrder order, CancellationToken cancel);

    /// <summary>Tells a supplier something about a request: a reminder, or that it is approved or closed. The same notice id again changes nothing.</summary>
    [Post("/v1/rfqs/{rfqId}/notices")]
    Task<IApiResponse<NetworkNoticeReceipt>> SendRfqNoticeAsync(string rfqId, [Body] NetworkNotice notice, CancellationToken cancel);

    /// <summary>Tells the supplier something about an order: a payment, rework, the receipt, a cancellation. The same notice id again changes nothing.</summary>
    [Post("/v1/orders/{orderId}/notices")]
    Task<IApiResponse<NetworkNoticeReceipt>> SendOrderNoticeAsync(string orderId, [Body] NetworkNotice notice, CancellationToken cancel);

    /// <summary>Reads an order: the backstop for milestones that did not arrive.</summary>
    [Get("/v1/orders/{orderId}")]
    Task<IApiResponse<NetworkOrderReceipt>> GetOrderAsync(string orderId, CancellationToken cancel);
}
