using System.Text.Json.Nodes;
using Ccn.Sandbox.Amazon;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Control;

/// <summary>Amazon's buyers, warehouse workers and reviewers.</summary>
internal static class AmazonControl
{
    public static Answer Sell(Call call)
    {
        var body = call.Json();
        if (Names(body) is not var (seller, sku)) { return ControlProvider.Bad("sellerId and sku are required."); }
        var orders = body.Int("orders");
        var quantity = body.Int("quantity") ?? 1;
        if (orders is < 1 || quantity < 1 || (orders ?? 1) * (long)quantity > 100_000) { return ControlProvider.Bad("orders and quantity must be at least 1, and together at most 100,000."); }
        var price = body.Object("unitPrice");
        var sale = new PlannedSale(
            seller, sku, orders ?? 1, quantity, MoneyText.Parse(price.Text("amount")), price.Text("currency"),
            MoneyText.Parse(body.Text("shipping")), MoneyText.Parse(body.Text("tax")));
        var (placed, problem) = OrderFlow.Sell(call, sale, Instants.Parse(body.Text("at")));
        return problem is null ? Answer.Json(201, new JsonObject { ["orders"] = placed.ToJsonArray() }) : ControlProvider.Bad(problem, 409);
    }

    /// <summary>Buyers send units back: of the order named, else of the oldest shipped orders that still have some.</summary>
    public static Answer Refund(Call call)
    {
        var body = call.Json();
        if (Names(body) is not var (seller, sku)) { return ControlProvider.Bad("sellerId and sku are required."); }
        var left = body.Int("quantity") ?? 1;
        var orders = call.State.Amazon.Orders.Values
            .Where(o => o.SellerId == seller && o.Sku == sku && o.ShippedAt is not null && o.Quantity > o.RefundedQuantity && (body.Text("orderId") is not { } id || o.Id == id))
            .OrderBy(o => o.CreatedAt).ThenBy(o => o.Id, StringComparer.Ordinal).ToList();
        if (left < 1 || orders.Sum(o => o.Quantity - o.RefundedQuantity) < left) { return ControlProvider.Bad("Not that many shipped units are left to refund.", 409); }
        var given = MoneyText.Parse(body.Text("amount") ?? body.Object("amount").Text("amount"));
        if (given is { } amount && (amount <= 0 || amount > orders[0].ItemTotal - orders[0].RefundedAmount || orders[0].Quantity - orders[0].RefundedQuantity < left))
        {
            return ControlProvider.Bad("An amount must fit into one order.", 409);
        }

        var refunds = new JsonArray();
        foreach (var order in orders)
        {
            var quantity = Math.Min(left, order.Quantity - order.RefundedQuantity);
            if (quantity == 0) { break; }
            var money = Math.Min(given ?? (order.UnitPrice * quantity), order.ItemTotal - order.RefundedAmount);
            refunds.Add(new JsonObject
            {
                ["orderId"] = order.Id, ["refundId"] = OrderFlow.Refund(call, order, quantity, money), ["quantity"] = quantity,
                ["amount"] = MoneyText.Format(money, order.Currency), ["currency"] = order.Currency,
            });
            left -= quantity;
        }

        return Answer.Json(201, new JsonObject { ["refunds"] = refunds });
    }

    /// <summary>The next publication of the listing finds this issue; an issue of severity ERROR keeps it off the shop.</summary>
    public static Answer AddIssue(Call call)
    {
        var body = call.Json();
        if (Names(body) is not var (seller, sku) || body.Text("code") is not { Length: > 0 } code) { return ControlProvider.Bad("sellerId, sku and code are required."); }
        if (!call.State.Amazon.Listings.TryGetValue(AmazonState.Key(seller, sku), out var listing)) { return ControlProvider.Bad("There is no such listing; before it exists ask for a fault of kind issue.", 404); }
        listing.IssuesToCome.Add(code);
        call.Schedule(call.Now, ListingPublisher.Publish, AmazonState.Key(seller, sku));
        return Answer.Empty(202);
    }

    public static Answer ReceiveAtFulfilmentCentre(Call call)
    {
        var body = call.Json();
        if (Names(body) is not var (seller, sku) || body.Int("quantity") is not { } quantity || quantity < 1) { return ControlProvider.Bad("sellerId, sku and quantity are required."); }
        if (!call.State.Amazon.Listings.TryGetValue(AmazonState.Key(seller, sku), out var listing) || !listing.FulfilledByAmazon) { return ControlProvider.Bad("There is no such listing fulfilled by Amazon.", 404); }
        listing.Stock += quantity;
        listing.ChangedAt = call.Now;
        return Answer.Ok(new JsonObject { ["sku"] = sku, ["quantity"] = listing.Stock });
    }

    public static Answer Revoke(Call call)
    {
        if (call.Json().Text("sellerId") is not { Length: > 0 } seller) { return ControlProvider.Bad("sellerId is required."); }
        call.State.Amazon.Revoked.Add(seller);
        return Answer.Empty(204);
    }

    private static (string Seller, string Sku)? Names(JsonObject? body) =>
        body.Text("sellerId") is { Length: > 0 } seller && body.Text("sku") is { Length: > 0 } sku ? (seller, sku) : null;
}
