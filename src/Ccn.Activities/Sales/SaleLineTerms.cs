using Ccn.Data.Sales;
using Ccn.Domain.Royalties;

namespace Ccn.Activities.Sales;

/// <summary>Rows as the royalty engine reads them: one place for accrual, draft and final statement.</summary>
internal static class SaleLineTerms
{
    public static SaleLine ToSale(SaleLineRow row) =>
        new(row.Id, row.MarketplaceOrderId, row.ShippedAt!.Value, row.Quantity, row.ItemPrice!.Value, row.Promotions);

    /// <param name="ofLine">Every applied refund of the same line. They count in the order in which they were recorded, here and at the accrual, so that no cent differs.</param>
    public static RefundLine ToRefund(RefundLineRow row, SaleLineRow line, IEnumerable<RefundLineRow> ofLine) => new(
        row.Id, row.RefundedAt, row.Units, row.ItemRefund,
        Domain.Money.Sum(ofLine.Where(other => IsBefore(other, row)).Select(other => other.ItemRefund), row.Currency), ToSale(line));

    private static bool IsBefore(RefundLineRow other, RefundLineRow row) =>
        other.RecordedAt < row.RecordedAt || (other.RecordedAt == row.RecordedAt && string.CompareOrdinal(other.Id, row.Id) < 0);
}
