using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>
/// The world of buyers and parcels: an order ships a day after it was placed, arrives two days later, and its proceeds are released seven
/// days after that. Fees: 15 % of item and shipping, at least 0.30; units sent by Amazon pay 4.35 each.
/// </summary>
internal sealed class OrderFlow : IDueHandler
{
    private const string Place = "amazon.place";
    private const string Ship = "amazon.ship";
    private const string Deliver = "amazon.deliver";
    private const string Release = "amazon.release";
    private const decimal TaxRate = 0.08m;
    private const decimal DefaultShipping = 5.99m;
    private static readonly TimeSpan ReleaseAfterDelivery = TimeSpan.FromDays(7);

    public IReadOnlyList<string> Kinds => [Place, Ship, Deliver, Release];

    public void Run(Moment moment, DueWork work)
    {
        var amazon = moment.State.Amazon;
        if (work.Kind == Place)
        {
            if (amazon.PlannedSales.Remove(work.Key, out var sale) && PlaceNow(moment, sale).Problem is { } problem)
            {
                moment.Log("amazon", "sale.refused", sale.Sku, sale.SellerId, detail: problem);
            }

            return;
        }

        if (!amazon.Orders.TryGetValue(work.Key, out var order)) { return; }
        switch (work.Kind)
        {
            case Ship when order.Status == "UNSHIPPED":
                ShipNow(moment, order);
                break;
            case Deliver:
                order.DeliveredAt = order.ChangedAt = moment.Now;
                break;
            case Release:
                ReleaseNow(moment, order);
                break;
        }
    }

    /// <summary>Buyers buy, now or later. Returns the order ids, or why they cannot.</summary>
    public static (List<string> Orders, string? Problem) Sell(Moment moment, PlannedSale sale, DateTimeOffset? at)
    {
        if (at > moment.Now)
        {
            var key = moment.State.NextMixed(12);
            moment.State.Amazon.PlannedSales.Add(key, sale);
            moment.Schedule(at.Value, Place, key);
            return ([], null);
        }

        return PlaceNow(at is null ? moment : moment with { Now = at.Value }, sale);
    }

    public static void ShipNow(Moment moment, Order order)
    {
        order.Status = "SHIPPED";
        order.ShippedAt = order.ChangedAt = moment.Now;
        var delivered = moment.Now.AddDays(2);
        var fee = -MoneyText.Round(Math.Max(0.30m, (order.ItemTotal + order.Shipping) * 0.15m), order.Currency);
        var handling = order.FulfilledByAmazon ? -MoneyText.Round(4.35m * order.Quantity, order.Currency) : 0m;
        Post(moment, order, "Shipment", order.Quantity, order.ItemTotal, order.Shipping, order.Tax, fee, handling, refundId: null, delivered + ReleaseAfterDelivery);
        moment.Log("amazon", "order.shipped", order.Id, order.Sku, MoneyText.Format(order.ItemTotal, order.Currency), order.Currency);
        moment.Schedule(delivered, Deliver, order.Id);
        moment.Schedule(delivered + ReleaseAfterDelivery, Release, order.Id);
    }

    /// <summary>
    /// Gives units back. The referral fee returns less Amazon's refund administration fee, which is the smaller of 5.00 and 20 % of it.
    /// </summary>
    public static string Refund(Moment moment, Order order, int quantity, decimal amount)
    {
        var refundId = "R" + moment.State.NextDigits(12);
        order.RefundedQuantity += quantity;
        order.RefundedAmount += amount;
        order.ChangedAt = moment.Now;
        var referral = MoneyText.Round((order.ItemTotal + order.Shipping) * 0.15m * (amount / (order.ItemTotal + order.Shipping)), order.Currency);
        var kept = MoneyText.Round(Math.Min(5.00m, referral * 0.20m), order.Currency);
        var tax = -MoneyText.Round(order.Tax * amount / (order.ItemTotal + order.Shipping), order.Currency);
        DateTimeOffset? matures = order.ReleasedAt is null && order.ShippedAt is { } shipped ? (order.DeliveredAt ?? shipped.AddDays(2)) + ReleaseAfterDelivery : null;
        Post(moment, order, "Refund", quantity, -amount, 0m, tax, referral - kept, 0m, refundId, matures);
        moment.Log("amazon", "order.refunded", order.Id, refundId, MoneyText.Format(amount, order.Currency), order.Currency);
        return refundId;
    }

    public static string MarketplaceName(string id) => id switch
    {
        "ATVPDKIKX0DER" => "Amazon.com",
        "A1F83G8C2ARO7P" => "Amazon.co.uk",
        "A1PA6795UKMFR9" => "Amazon.de",
        "A1VC38T7YXB528" => "Amazon.co.jp",
        _ => "Amazon",
    };

    private static (List<string> Orders, string? Problem) PlaceNow(Moment moment, PlannedSale sale)
    {
        var ids = new List<string>();
        if (!moment.State.Amazon.Listings.TryGetValue(AmazonState.Key(sale.SellerId, sale.Sku), out var listing) || !listing.Published)
        {
            return (ids, "There is no live listing with this SKU.");
        }

        if (listing.StockStated && listing.Stock < sale.Orders * sale.QuantityEach) { return (ids, $"Only {listing.Stock} units are in stock."); }
        var listed = ListingRules.Price(listing.Attributes);
        var currency = sale.Currency ?? listed?.Currency ?? "USD";
        var price = sale.UnitPrice ?? listed?.Amount ?? 0m;
        if (price < 0 || (price == 0 && sale.UnitPrice is null)) { return (ids, "The sale needs a price: the listing has none."); }   // a giveaway says 0 itself
        if (listing.StockStated) { listing.Stock -= sale.Orders * sale.QuantityEach; }
        listing.ChangedAt = moment.Now;
        for (var i = 0; i < sale.Orders; i++) { ids.Add(PlaceOne(moment, sale, listing, price, currency).Id); }
        return (ids, null);
    }

    private static Order PlaceOne(Moment moment, PlannedSale sale, Listing listing, decimal price, string currency)
    {
        var shipping = MoneyText.Round(sale.Shipping ?? DefaultShipping, currency);
        var order = new Order
        {
            Id = moment.State.NextOrderId(), SellerId = sale.SellerId, MarketplaceId = listing.MarketplaceId, ItemId = moment.State.NextDigits(14), Sku = sale.Sku,
            Asin = listing.Asin, Title = ListingRules.Title(listing.Attributes), Quantity = sale.QuantityEach, UnitPrice = price, Shipping = shipping,
            Tax = MoneyText.Round(sale.Tax ?? (((price * sale.QuantityEach) + shipping) * TaxRate), currency), Currency = currency,
            FulfilledByAmazon = listing.FulfilledByAmazon, CreatedAt = moment.Now, ChangedAt = moment.Now,
        };
        moment.State.Amazon.Orders.Add(order.Id, order);
        moment.Log("amazon", "order.placed", order.Id, order.Sku, MoneyText.Format(order.ItemTotal, currency), currency, $"{order.Quantity} units");
        moment.Schedule(moment.Now.AddDays(1), Ship, order.Id);
        return order;
    }

    private static void Post(
        Moment moment, Order order, string type, int quantity, decimal principal, decimal shipping, decimal tax, decimal referral, decimal handling, string? refundId, DateTimeOffset? matures)
    {
        order.Lines.Add(moment.State.Amazon.Transactions.Count);
        moment.State.Amazon.Transactions.Add(new Transaction
        {
            Id = moment.State.NextMixed(43), Type = type, Status = matures is null ? "RELEASED" : "DEFERRED", OrderId = order.Id, RefundId = refundId, PostedAt = moment.Now,
            MaturesAt = matures, Quantity = quantity, Principal = principal, Shipping = shipping, Tax = tax, ReferralFee = referral, FulfilmentFee = handling,
        });
    }

    /// <summary>Each deferred line becomes DEFERRED_RELEASED and gets a RELEASED twin; the two name each other.</summary>
    private static void ReleaseNow(Moment moment, Order order)
    {
        order.ReleasedAt = moment.Now;
        foreach (var line in order.Lines.Select(i => moment.State.Amazon.Transactions[i]).Where(t => t.Status == "DEFERRED").ToList())
        {
            line.Status = "DEFERRED_RELEASED";
            line.ReleaseId = moment.State.NextMixed(43);
            moment.State.Amazon.Transactions.Add(new Transaction
            {
                Id = line.ReleaseId, Type = line.Type, Status = "RELEASED", OrderId = order.Id, RefundId = line.RefundId, PostedAt = moment.Now, DeferredId = line.Id,
                Quantity = line.Quantity, Principal = line.Principal, Shipping = line.Shipping, Tax = line.Tax, ReferralFee = line.ReferralFee, FulfilmentFee = line.FulfilmentFee,
            });
        }

        moment.Log("amazon", "order.released", order.Id, order.Sku);
    }
}
