using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>Finances 2024-06-19: amounts are JSON numbers here, unlike in the orders API.</summary>
internal static class FinanceCalls
{
    private const int PageSize = 100;

    public static Answer List(Call call)
    {
        var after = Instants.Parse(call.Query("postedAfter"));
        var related = call.Query("relatedIdentifierName");
        if (after is null && related is null) { return AmazonProvider.Error(400, "InvalidInput", "Either postedAfter or a related identifier must be given."); }
        var skip = 0;
        if (call.Query("nextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out skip)) { return AmazonProvider.Error(400, "InvalidInput", "The token is invalid."); }
        var before = Instants.Parse(call.Query("postedBefore")) ?? call.Now;
        var seller = AmazonProvider.SellerOf(call);
        var orders = call.State.Amazon.Orders;
        var found = call.State.Amazon.Transactions
            .Where(t => orders[t.OrderId].SellerId == seller && t.PostedAt <= before && (after is null || t.PostedAt >= after))
            .Where(t => call.Query("marketplaceId") is not { } market || orders[t.OrderId].MarketplaceId == market)
            .Where(t => call.Query("transactionStatus") is not { } status || t.Status == status)
            .Where(t => related is null || Related(t).Any(r => r.Name == related && r.Value == call.Query("relatedIdentifierValue")))
            .OrderBy(t => t.PostedAt).ThenBy(t => t.Id, StringComparer.Ordinal).Skip(skip).Take(PageSize + 1).ToList();
        return Answer.Ok(new JsonObject
        {
            ["payload"] = new JsonObject
            {
                ["nextToken"] = found.Count > PageSize ? (skip + PageSize).ToString(CultureInfo.InvariantCulture) : null,
                ["transactions"] = found.Take(PageSize).Select(t => Json(t, orders[t.OrderId])).ToJsonArray(),
            }.WithoutNulls(),
        });
    }

    private static IEnumerable<(string Name, string Value)> Related(Transaction line)
    {
        yield return ("ORDER_ID", line.OrderId);
        if (line.RefundId is not null) { yield return ("REFUND_ID", line.RefundId); }
        if (line.DeferredId is not null) { yield return ("DEFERRED_TRANSACTION_ID", line.DeferredId); }
        if (line.ReleaseId is not null) { yield return ("RELEASE_TRANSACTION_ID", line.ReleaseId); }
    }

    private static JsonObject Json(Transaction line, Order order)
    {
        var parts = Breakdowns(line, order.Currency);
        return new JsonObject
        {
            ["sellingPartnerMetadata"] = new JsonObject { ["sellingPartnerId"] = order.SellerId, ["accountType"] = "Standard Orders", ["marketplaceId"] = order.MarketplaceId },
            ["relatedIdentifiers"] = Related(line).Select(r => new JsonObject { ["relatedIdentifierName"] = r.Name, ["relatedIdentifierValue"] = r.Value }).ToJsonArray(),
            ["transactionType"] = line.Type,
            ["transactionId"] = line.Id,
            ["transactionStatus"] = line.Status,
            ["description"] = line.Type == "Shipment" ? "Order Payment" : "Refund Order",
            ["postedDate"] = line.PostedAt.Iso(),
            ["totalAmount"] = Money(line.Total, order.Currency),
            ["marketplaceDetails"] = new JsonObject { ["marketplaceId"] = order.MarketplaceId, ["marketplaceName"] = OrderFlow.MarketplaceName(order.MarketplaceId) },
            ["items"] = new JsonArray(new JsonObject
            {
                ["description"] = order.Title ?? order.Sku,
                ["relatedIdentifiers"] = new JsonArray(new JsonObject { ["itemRelatedIdentifierName"] = "ORDER_ADJUSTMENT_ITEM_ID", ["itemRelatedIdentifierValue"] = order.ItemId }),
                ["totalAmount"] = Money(line.Total, order.Currency),
                ["breakdowns"] = parts.DeepClone(),
                ["contexts"] = new JsonArray(new JsonObject
                {
                    ["contextType"] = "ProductContext", ["asin"] = order.Asin ?? "", ["sku"] = order.Sku, ["quantityShipped"] = line.Quantity,
                    ["fulfillmentNetwork"] = order.FulfilledByAmazon ? "AFN" : "MFN",
                }),
            }),
            ["contexts"] = line.MaturesAt is { } matures
                ? new JsonArray(new JsonObject { ["contextType"] = "DeferredContext", ["deferralReason"] = "DD7", ["maturityDate"] = matures.Iso() })
                : new JsonArray(),
            ["breakdowns"] = parts,
        };
    }

    private static JsonArray Breakdowns(Transaction line, string currency)
    {
        JsonObject Node(string type, decimal amount, params JsonObject[] inner) =>
            new() { ["breakdownType"] = type, ["breakdownAmount"] = Money(amount, currency), ["breakdowns"] = inner.ToJsonArray() };
        var fees = new List<JsonObject> { Node("Commission", line.ReferralFee, Node("Base", line.ReferralFee)) };
        if (line.FulfilmentFee != 0) { fees.Add(Node("FBAPerUnitFulfillmentFee", line.FulfilmentFee, Node("Base", line.FulfilmentFee))); }
        return new JsonArray(
            Node("ProductCharges", line.Principal, Node("OurPricePrincipal", line.Principal)),
            Node("Shipping", line.Shipping, Node("ShippingPrincipal", line.Shipping)),
            Node("Tax", line.Tax, Node("OurPriceTax", line.Tax)),
            Node("AmazonFees", line.ReferralFee + line.FulfilmentFee, [.. fees]),
            Node("MarketplaceWithheldTax", -line.Tax));
    }

    private static JsonObject Money(decimal amount, string currency) => new() { ["currencyCode"] = currency, ["currencyAmount"] = MoneyText.Round(amount, currency) };
}
