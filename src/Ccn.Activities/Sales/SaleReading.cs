using Ccn.Activities.Listings;
using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Activities.Sales;

/// <summary>What an order line says about a sale, in our own terms.</summary>
/// <param name="Price">All units together, without shipping and tax; null while Amazon has not said. Unknown is not zero.</param>
/// <param name="Promotions">Item promotions of all units, zero or negative; null without a price.</param>
/// <param name="PromotionIsAssumed">The marketplace did not say which part of a discount is the item's; all of it was counted.</param>
/// <param name="ShippedAt">When all units had shipped; null before.</param>
internal sealed record SaleReading(int Quantity, Money? Price, Money? Promotions, bool PromotionIsAssumed, DateTimeOffset? ShippedAt, bool Canceled)
{
    private const string Shipped = "SHIPPED", CancelledOrder = "CANCELLED", Tax = "TAX", Discount = "DISCOUNT", Item = "ITEM", Shipping = "SHIPPING";

    public static SaleReading Of(Order order, OrderItem item, Marketplace marketplace)
    {
        var fulfilled = item.Fulfillment?.QuantityFulfilled ?? 0;
        var shipped = order.Fulfillment?.FulfillmentStatus == Shipped || (item.QuantityOrdered > 0 && fulfilled >= item.QuantityOrdered);
        var canceled = !shipped && (order.Fulfillment?.FulfillmentStatus == CancelledOrder || (item.Cancellation?.CancellationExecution is not null && fulfilled == 0));
        var breakdowns = item.Proceeds?.Breakdowns ?? [];
        var taxed = breakdowns.Any(b => b.Type == Tax && !b.Subtotal.ToMoney().IsZero);
        var price = item.ItemTotal() is { } total ? WithoutVat(total, taxed, marketplace) : (Money?)null;
        var (promotions, assumed) = price is { } known ? PromotionsOf(breakdowns, known.Currency) : (null, false);
        return new(item.QuantityOrdered, price, promotions is { } discount ? WithoutVat(discount, taxed, marketplace) : null, assumed, shipped ? ShippedAtOf(order) : null, canceled);
    }

    /// <summary>European prices hold VAT when the tax is not told apart from them; the royalty base is without tax.</summary>
    public static Money WithoutVat(Money amount, bool taxIsApart, Marketplace marketplace) =>
        marketplace.VatPercent == 0 || taxIsApart ? amount : MoneyMath.Fraction(amount, 100, 100 + marketplace.VatPercent);

    /// <summary>All discounts count, equal ones too: ids and types do not tell them apart. The part that is said to be the shipping's is not the item's.</summary>
    private static (Money? Sum, bool Assumed) PromotionsOf(IReadOnlyList<ProceedsBreakdown> breakdowns, string currency)
    {
        var sum = Money.Zero(currency);
        var assumed = false;
        foreach (var discount in breakdowns.Where(b => b.Type == Discount))
        {
            var split = discount.DetailedBreakdowns?.Where(d => d.Subtype is Item or Shipping && d.Value is not null).ToList() ?? [];
            assumed |= split.Count == 0;
            sum += split.Count == 0
                ? Negative(discount.Subtotal.ToMoney())
                : Money.Sum(split.Where(d => d.Subtype == Item).Select(d => Negative(d.Value!.ToMoney())), currency);
        }

        return (sum, assumed && !sum.IsZero);
    }

    private static Money Negative(Money amount) => amount.IsNegative ? amount : -amount;

    private static DateTimeOffset ShippedAtOf(Order order)
    {
        var parcels = (order.Packages ?? []).Where(p => p.ShipTime is not null).Select(p => p.ShipTime!.Value).ToList();
        return (parcels.Count > 0 ? parcels.Max() : order.LastUpdatedTime).ToUniversalTime();
    }
}
