using System.Text.Json;
using System.Text.Json.Serialization;
using Ccn.Domain;
using Ccn.Providers.Http;

namespace Ccn.Providers.Alibaba;

/// <summary>A parameter that is a JSON object written as a string, which is signed exactly as sent.</summary>
public abstract record JsonParameter
{
    /// <summary>The JSON that is sent.</summary>
    public sealed override string ToString() => JsonSerializer.Serialize(this, GetType(), ProviderJson.SnakeCase);
}

/// <summary>A page of a scene, such as 906124611 (stock in the US). The index counts from 0.</summary>
public sealed record SceneQuery(string SceneId, int Index, int Size, string ProductType = "common") : JsonParameter;

/// <summary>A page of products with stock in a country.</summary>
public sealed record LocalQuery(int Index, int Size, string Country) : JsonParameter;

/// <summary>A page.</summary>
public sealed record PageQuery(int Index, int Size) : JsonParameter;

/// <summary>One product as seen from a country; the country is mandatory although the documentation leaves it out.</summary>
public sealed record ProductQuery(string ProductId, string Country) : JsonParameter;

/// <summary>Stock of one product.</summary>
public sealed record InventoryQuery(string ProductId, string? SkuId = null, string? ShippingFrom = null) : JsonParameter;

/// <summary>An entry of a list; <see cref="IAlibabaProductsApi.DescribeAsync"/> tells the rest.</summary>
public sealed record AlibabaListedProduct(string ProductId, string? Title = null, string? Supplier = null);

/// <summary>A product. Numbers are strings in this API.</summary>
/// <param name="SupplierId">Encrypted company id; the supplier's key in every other call.</param>
public sealed record AlibabaProduct(
    string ProductId,
    string? Title = null,
    [property: JsonPropertyName("eCompanyId")] string? SupplierId = null,
    string? Supplier = null,
    string? Currency = null,
    string? MinOrderQuantity = null,
    string? Status = null,
    string? CategoryId = null,
    IReadOnlyList<string>? Images = null,
    IReadOnlyList<AlibabaSku>? Skus = null);

/// <summary>A variant with its prices by quantity.</summary>
public sealed record AlibabaSku(string? SkuId = null, IReadOnlyList<LadderPrice>? LadderPrice = null);

/// <summary>A price from a quantity on.</summary>
public sealed record LadderPrice(string? MinQuantity = null, string? MaxQuantity = null, string? Price = null, string? Currency = null)
{
    /// <summary>The price per unit.</summary>
    /// <param name="productCurrency">Currency of the product, where the step has none of its own.</param>
    /// <exception cref="ProviderException">A contract failure: not an amount of that currency.</exception>
    public Money ToMoney(string productCurrency) => WireAmount.Read(ProviderNames.Alibaba, Price ?? "", Currency ?? productCurrency);
}

/// <summary>Stock at one place of dispatch.</summary>
public sealed record AlibabaInventory(string? ShippingFrom = null, IReadOnlyList<AlibabaStock>? InventoryList = null);

/// <summary>Stock of one variant; the count is a string such as "2.0000".</summary>
public sealed record AlibabaStock(string? ProductId = null, string? SkuId = null, string? InventoryCount = null, string? InventoryUnit = null);
