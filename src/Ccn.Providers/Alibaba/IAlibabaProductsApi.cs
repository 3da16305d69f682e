using Refit;

namespace Ccn.Providers.Alibaba;

/// <summary>
/// Buyer products of the Alibaba.com Open Platform. There is no free-text search and no list of suppliers: products come from curated
/// scenes, and a product's description names its supplier. Limits are not published; one call a second is kept.
/// </summary>
public interface IAlibabaProductsApi
{
    /// <summary>Products of a curated scene.</summary>
    [Get("/eco/buyer/product/check")]
    Task<IApiResponse<AlibabaResult<IReadOnlyList<AlibabaListedProduct>>>> ListAsync(
        [AliasAs("query_req"), Query(TreatAsString = true)] SceneQuery query, CancellationToken cancel);

    /// <summary>Products with stock in a country.</summary>
    [Get("/eco/buyer/local/product/check")]
    Task<IApiResponse<AlibabaResult<IReadOnlyList<AlibabaListedProduct>>>> ListLocalAsync(
        [AliasAs("req"), Query(TreatAsString = true)] LocalQuery query, CancellationToken cancel);

    /// <summary>Products that ship across borders.</summary>
    [Get("/eco/buyer/crossborder/product/check")]
    Task<IApiResponse<AlibabaResult<IReadOnlyList<AlibabaListedProduct>>>> ListCrossBorderAsync(
        [AliasAs("param0"), Query(TreatAsString = true)] PageQuery query, CancellationToken cancel);

    /// <summary>A product with its supplier, prices and minimum order quantity.</summary>
    [Get("/eco/buyer/product/description")]
    Task<IApiResponse<AlibabaResult<AlibabaProduct>>> DescribeAsync(
        [AliasAs("query_req"), Query(TreatAsString = true)] ProductQuery query, CancellationToken cancel);

    /// <summary>Stock of a product by place of dispatch.</summary>
    [Get("/eco/buyer/product/inventory")]
    Task<IApiResponse<AlibabaResult<IReadOnlyList<AlibabaInventory>>>> InventoryAsync(
        [AliasAs("inv_req"), Query(TreatAsString = true)] InventoryQuery query, CancellationToken cancel);
}
