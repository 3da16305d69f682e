using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>FBA inventory v1: what lies in Amazon's fulfilment centres. Its page token dies after 30 seconds.</summary>
internal static class InventoryCalls
{
    private const int PageSize = 50;

    public static Answer Summaries(Call call)
    {
        if (call.Query("granularityType") != "Marketplace" || call.Query("granularityId") is not { } market || call.Query("marketplaceIds") is null)
        {
            return AmazonProvider.Error(400, "InvalidInput", "granularityType=Marketplace, granularityId and marketplaceIds are required.");
        }

        var skip = 0;
        if (call.Query("nextToken") is { } token)
        {
            if (token.Split('.') is not [var position, var made] || !int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out skip)
                || !long.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || call.Now.ToUnixTimeSeconds() - seconds > 30)
            {
                return AmazonProvider.Error(400, "InvalidInput", "The token is invalid or expired.");
            }
        }

        var skus = call.Query("sellerSkus")?.Split(',');
        var seller = AmazonProvider.SellerOf(call);
        var found = call.State.Amazon.Listings.Values
            .Where(l => l.SellerId == seller && l.FulfilledByAmazon && l.MarketplaceId == market && (skus is null || skus.Contains(l.Sku, StringComparer.Ordinal)))
            .OrderBy(l => l.Sku, StringComparer.Ordinal).Skip(skip).Take(PageSize + 1).ToList();
        var answer = new JsonObject
        {
            ["payload"] = new JsonObject
            {
                ["granularity"] = new JsonObject { ["granularityType"] = "Marketplace", ["granularityId"] = market },
                ["inventorySummaries"] = found.Take(PageSize).Select(l => Summary(l, call.Query("details") == "true")).ToJsonArray(),
            },
        };
        if (found.Count > PageSize)
        {
            answer["pagination"] = new JsonObject { ["nextToken"] = string.Create(CultureInfo.InvariantCulture, $"{skip + PageSize}.{call.Now.ToUnixTimeSeconds()}") };
        }

        return Answer.Ok(answer);
    }

    private static JsonObject Summary(Listing listing, bool details) => new JsonObject
    {
        ["asin"] = listing.Asin,
        ["fnSku"] = listing.Asin is null ? null : "X" + listing.Asin[1..],
        ["sellerSku"] = listing.Sku,
        ["condition"] = "NewItem",
        ["inventoryDetails"] = details
            ? new JsonObject
            {
                ["fulfillableQuantity"] = listing.Stock, ["inboundWorkingQuantity"] = 0, ["inboundShippedQuantity"] = 0, ["inboundReceivingQuantity"] = 0,
                ["reservedQuantity"] = new JsonObject { ["totalReservedQuantity"] = 0, ["pendingCustomerOrderQuantity"] = 0, ["pendingTransshipmentQuantity"] = 0, ["fcProcessingQuantity"] = 0 },
                ["unfulfillableQuantity"] = new JsonObject { ["totalUnfulfillableQuantity"] = 0 },
            }
            : null,
        ["lastUpdatedTime"] = listing.ChangedAt.Iso(),
        ["productName"] = ListingRules.Title(listing.Attributes),
        ["totalQuantity"] = listing.Stock,
        ["stores"] = new JsonArray(),
    }.WithoutNulls();
}
