using System.Text.Json;
using Ccn.Domain;
using Ccn.Workflows.Listings;

namespace Ccn.Activities.Listings;

/// <summary>Listing content in the form of Amazon's product type definitions: every attribute is an array of values with selectors.</summary>
internal static class ListingAttributes
{
    public const string Offer = "purchasable_offer", Stock = "fulfillment_availability";

    public static IReadOnlyDictionary<string, JsonElement> Of(ListingContent content, Money price, int quantity, string marketplaceId)
    {
        var language = Marketplace.Of(marketplaceId).Language;
        object Text(string value) => new { value, language_tag = language, marketplace_id = marketplaceId };
        var attributes = new Dictionary<string, object[]>(StringComparer.Ordinal)
        {
            ["item_name"] = [Text(content.Title)],
            ["brand"] = [Text(content.Brand)],
            ["product_description"] = [Text(content.Description)],
            ["bullet_point"] = [.. content.Bullets.Select(Text)],
            ["condition_type"] = [new { value = "new_new", marketplace_id = marketplaceId }],
            [Offer] = [OfferOf(price, marketplaceId)],
            [Stock] = [StockOf(quantity)],
        };
        if (content.GtinExempt) { attributes["supplier_declared_has_product_identifier_exemption"] = [new { value = true, marketplace_id = marketplaceId }]; }

        // An empty array is an error of its own at Amazon.
        return attributes.Where(a => a.Value.Length > 0).ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value), StringComparer.Ordinal);
    }

    public static JsonElement Offers(Money price, string marketplaceId) => JsonSerializer.SerializeToElement(OfferOf(price, marketplaceId));

    public static JsonElement Stocks(int quantity) => JsonSerializer.SerializeToElement(StockOf(quantity));

    private static object OfferOf(Money price, string marketplaceId) => new
    {
        marketplace_id = marketplaceId, currency = price.Currency, audience = "ALL", our_price = new[] { new { schedule = new[] { new { value_with_tax = price.ToDecimal() } } } },
    };

    private static object StockOf(int quantity) => new { fulfillment_channel_code = "DEFAULT", quantity };
}
