using Ccn.Activities.Listings;
using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Activities.Sales;

/// <summary>What one line of a refund event of the Finances API says.</summary>
/// <param name="EventId">The same for a deferred event and the release that repeats it, so that the refund counts once.</param>
/// <param name="OrderItemId">Null when the event names no order line; the SKU has to do then.</param>
/// <param name="ItemRefund">Item money given back, positive, without shipping and tax.</param>
internal sealed record RefundReading(string EventId, string OrderId, string? OrderItemId, string Sku, int Units, Money ItemRefund, DateTimeOffset At)
{
    private const string Refund = "Refund", OrderIdName = "ORDER_ID", RefundIdName = "REFUND_ID", DeferredIdName = "DEFERRED_TRANSACTION_ID", ItemIdName = "ORDER_ADJUSTMENT_ITEM_ID",
        OtherItemIdName = "ORDER_ITEM_ID", ItemMoney = "ProductCharges", TaxMoney = "Tax";

    /// <summary>The refunds of a transaction; none when it is something else.</summary>
    public static IEnumerable<RefundReading> Of(Transaction transaction, string accountMarketplace)
    {
        if (transaction.TransactionType != Refund || Related(transaction, OrderIdName) is not { } orderId || transaction.PostedDate is not { } at) { yield break; }

        var eventId = Related(transaction, RefundIdName) ?? Related(transaction, DeferredIdName) ?? transaction.TransactionId;
        var marketplace = Marketplace.Of(transaction.MarketplaceDetails?.MarketplaceId ?? accountMarketplace);
        foreach (var (item, index) in (transaction.Items ?? []).Select((item, index) => (item, index)))
        {
            var charges = (item.Breakdowns ?? []).Where(b => b.BreakdownType == ItemMoney && b.BreakdownAmount is not null).Select(b => b.BreakdownAmount!.ToMoney()).ToList();
            if (charges.Count == 0) { continue; }

            var itemId = item.RelatedIdentifiers?.FirstOrDefault(i => i.ItemRelatedIdentifierName is ItemIdName or OtherItemIdName)?.ItemRelatedIdentifierValue;
            var context = item.Contexts?.FirstOrDefault(c => c.Sku is not null);
            var taxed = (item.Breakdowns ?? []).Any(b => b.BreakdownType == TaxMoney && b.BreakdownAmount?.CurrencyAmount is not (null or 0));
            var given = SaleReading.WithoutVat(-Money.Sum(charges, charges[0].Currency), taxed, marketplace);
            if (given.IsNegative) { continue; }   // a charge-back in the seller's favour gives nothing back

            yield return new($"{eventId}:{itemId ?? context?.Sku ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture)}", orderId, itemId, context?.Sku ?? "", context?.QuantityShipped ?? 0, given, at.ToUniversalTime());
        }
    }

    private static string? Related(Transaction transaction, string name) =>
        transaction.RelatedIdentifiers?.FirstOrDefault(r => r.RelatedIdentifierName == name)?.RelatedIdentifierValue;
}
