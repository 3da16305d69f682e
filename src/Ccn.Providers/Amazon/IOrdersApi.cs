using Refit;

namespace Ccn.Providers.Amazon;

/// <summary>Orders API 2026-01-01. Personal data need roles; without them the fields are simply absent.</summary>
public interface IOrdersApi
{
    /// <summary>
    /// Searches orders. One call in three minutes per seller, burst 20: a backstop beside the order notifications.
    /// The next page takes the same search with <see cref="OrderSearch.PaginationToken"/>, within 24 hours.
    /// </summary>
    [Get("/orders/2026-01-01/orders")]
    Task<IApiResponse<OrderPage>> SearchAsync(
        [Query] OrderSearch search, [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);

    /// <summary>Reads one order; one call in two seconds per seller, burst 30.</summary>
    /// <param name="orderId">Amazon order id, 3-7-7 digits.</param>
    /// <param name="includedData">See <see cref="OrderData"/>; items always come.</param>
    /// <param name="seller">In whose name.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Get("/orders/2026-01-01/orders/{orderId}")]
    Task<IApiResponse<OrderAnswer>> GetAsync(
        string orderId, [Query(CollectionFormat.Csv)] string[]? includedData,
        [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);
}
