using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>Orders 2026-01-01. Buyer and recipient are never answered: the application has no role for personal data.</summary>
internal static class OrderCalls
{
    public static Answer Search(Call call)
    {
        var created = Instants.Parse(call.Query("createdAfter"));
        var updated = Instants.Parse(call.Query("lastUpdatedAfter"));
        if (created is null == updated is null) { return Invalid("Exactly one of createdAfter and lastUpdatedAfter must be given."); }
        var latest = call.Now.AddMinutes(-2);
        var before = Instants.Parse(call.Query("createdBefore") ?? call.Query("lastUpdatedBefore")) ?? latest;
        if (before > latest) { return Invalid("The end of the period must be at least two minutes before now."); }
        var size = 100;
        if (call.Query("maxResultsPerPage") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 100)) { return Invalid("maxResultsPerPage must be 1 to 100."); }
        if (!TryReadToken(call.Query("paginationToken"), call.Now, out var position)) { return Invalid("The pagination token is invalid or older than 24 hours."); }
        if (position is { } known) { before = known.Before; }

        var seller = AmazonProvider.SellerOf(call);
        var markets = call.Query("marketplaceIds")?.Split(',');
        var statuses = call.Query("fulfillmentStatuses")?.Split(',');
        var fulfilledBy = call.Query("fulfilledBy")?.Split(',');
        DateTimeOffset When(Order order) => created is null ? order.ChangedAt : order.CreatedAt;
        var found = call.State.Amazon.Orders.Values
            .Where(o => o.SellerId == seller && When(o) >= (created ?? updated) && When(o) <= before && When(o) <= call.Now)
            .Where(o => markets is null || markets.Contains(o.MarketplaceId, StringComparer.Ordinal))
            .Where(o => statuses is null || statuses.Contains(o.Status, StringComparer.Ordinal))
            .Where(o => fulfilledBy is null || fulfilledBy.Contains(FulfilledBy(o), StringComparer.Ordinal))
            .OrderBy(When).ThenBy(o => o.Id, StringComparer.Ordinal)
            .Where(o => position is not { } p || When(o) > p.At || (When(o) == p.At && string.CompareOrdinal(o.Id, p.Id) > 0))
            .Take(size + 1).ToList();

        var page = found.Take(size).ToList();
        var answer = new JsonObject { ["orders"] = page.Select(o => Json(o, call.Query("includedData"))).ToJsonArray() };
        if (found.Count > size)
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"{When(page[^1]).UtcTicks}|{page[^1].Id}|{before.UtcTicks}|{call.Now.UtcTicks}");
            answer["pagination"] = new JsonObject { ["nextToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(token)) };
        }

        answer[created is null ? "lastUpdatedBefore" : "createdBefore"] = before.Iso();
        return Answer.Ok(answer);
    }

    public static Answer Get(Call call) => Answer.Ok(new JsonObject { ["order"] = Json(Find(call), call.Query("includedData")) });

    public static Answer ConfirmShipment(Call call)
    {
        var order = Find(call);
        var package = call.Json().Object("packageDetail");
        if (package.Text("trackingNumber") is null || package.Text("carrierCode") is null || package.Text("shipDate") is null)
        {
            return AmazonProvider.Error(400, "InvalidInput", "packageDetail needs carrierCode, trackingNumber and shipDate.");
        }

        if (order.Status == "UNSHIPPED") { OrderFlow.ShipNow(call, order); }
        return Answer.Empty(204);
    }

    private static Order Find(Call call) =>
        call.State.Amazon.Orders.TryGetValue(call.Route("orderId"), out var order) && order.SellerId == AmazonProvider.SellerOf(call)
            ? order
            : throw new Refusal(AmazonProvider.Error(404, "NotFound", $"Order {call.Route("orderId")} was not found."));

    private static Answer Invalid(string message) => AmazonProvider.Error(400, "InvalidInput", message);

    private static string FulfilledBy(Order order) => order.FulfilledByAmazon ? "AMAZON" : "MERCHANT";

    private static bool TryReadToken(string? token, DateTimeOffset now, out (DateTimeOffset At, string Id, DateTimeOffset Before)? position)
    {
        position = null;
        if (token is null) { return true; }
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).Split('|') is not [var at, var id, var before, var made]) { return false; }
        if (!long.TryParse(at, CultureInfo.InvariantCulture, out var a) || !long.TryParse(before, CultureInfo.InvariantCulture, out var b) || !long.TryParse(made, CultureInfo.InvariantCulture, out var m)) { return false; }
        position = (new DateTimeOffset(a, TimeSpan.Zero), id, new DateTimeOffset(b, TimeSpan.Zero));
        return new DateTimeOffset(m, TimeSpan.Zero) > now.AddHours(-24);
    }

    private static JsonObject Json(Order order, string? included)
    {
        var parts = included?.Split(',') ?? [];
        bool Wants(string part) => parts.Contains(part, StringComparer.Ordinal);
        var proceeds = new[] { Part("ITEM", order.ItemTotal, order.Currency), Part("SHIPPING", order.Shipping, order.Currency), Part("TAX", order.Tax, order.Currency) };
        var total = Money(order.ItemTotal + order.Shipping + order.Tax, order.Currency);
        return new JsonObject
        {
            ["orderId"] = order.Id,
            ["createdTime"] = order.CreatedAt.Iso(),
            ["lastUpdatedTime"] = order.ChangedAt.Iso(),
            ["salesChannel"] = new JsonObject { ["channelName"] = "AMAZON", ["marketplaceId"] = order.MarketplaceId, ["marketplaceName"] = OrderFlow.MarketplaceName(order.MarketplaceId) },
            ["proceeds"] = Wants("PROCEEDS") ? new JsonObject { ["grandTotal"] = total, ["breakdowns"] = proceeds.ToJsonArray() } : null,
            ["fulfillment"] = Wants("FULFILLMENT")
                ? new JsonObject { ["fulfillmentStatus"] = order.Status, ["fulfilledBy"] = FulfilledBy(order), ["fulfillmentServiceLevel"] = "STANDARD" }
                : null,
            ["orderItems"] = new JsonArray(Item(order, Wants("PROCEEDS"), Wants("FULFILLMENT"))),
            ["packages"] = Wants("PACKAGES") && order.ShippedAt is not null ? new JsonArray(Package(order)) : null,
        }.WithoutNulls();
    }

    private static JsonObject Item(Order order, bool proceeds, bool fulfillment)
    {
        var shipped = order.Status == "SHIPPED" ? order.Quantity : 0;
        return new JsonObject
        {
            ["orderItemId"] = order.ItemId,
            ["quantityOrdered"] = order.Quantity,
            ["product"] = new JsonObject
            {
                ["asin"] = order.Asin,
                ["title"] = order.Title,
                ["sellerSku"] = order.Sku,
                ["condition"] = new JsonObject { ["conditionType"] = "NEW" },
                ["price"] = new JsonObject { ["unitPrice"] = Money(order.UnitPrice, order.Currency) },
            }.WithoutNulls(),
            ["proceeds"] = proceeds
                ? new JsonObject
                {
                    ["proceedsTotal"] = Money(order.ItemTotal + order.Shipping + order.Tax, order.Currency),
                    ["breakdowns"] = new[] { Part("ITEM", order.ItemTotal, order.Currency), Part("SHIPPING", order.Shipping, order.Currency), Part("TAX", order.Tax, order.Currency) }.ToJsonArray(),
                }
                : null,
            ["fulfillment"] = fulfillment ? new JsonObject { ["quantityFulfilled"] = shipped, ["quantityUnfulfilled"] = order.Quantity - shipped } : null,
        }.WithoutNulls();
    }

    private static JsonObject Package(Order order) => new()
    {
        ["packageReferenceId"] = "1",
        ["createdTime"] = order.ShippedAt!.Value.Iso(),
        ["packageStatus"] = new JsonObject { ["status"] = order.DeliveredAt is null ? "IN_TRANSIT" : "DELIVERED" },
        ["carrier"] = "UPS",
        ["shipTime"] = order.ShippedAt.Value.Iso(),
        ["shippingService"] = "Standard",
        ["trackingNumber"] = "1Z" + order.ItemId,
        ["packageItems"] = new JsonArray(new JsonObject { ["orderItemId"] = order.ItemId, ["quantity"] = order.Quantity }),
    };

    private static JsonObject Part(string type, decimal amount, string currency) => new() { ["type"] = type, ["subtotal"] = Money(amount, currency) };

    private static JsonObject Money(decimal amount, string currency) => new() { ["amount"] = MoneyText.Format(amount, currency), ["currencyCode"] = currency };
}
