using Ccn.Activities.Ledger;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Sales;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Sales;

/// <summary>Brings refunds into rows and reverses what their lines accrued: each refund in a transaction of its own, so that the order in which they were recorded is also the order in which they count.</summary>
internal sealed class RefundIntake(CcnDbContext db)
{
    private const string RefundIdPrefix = "rfd";

    /// <summary>Records the refunds that are new.</summary>
    /// <returns>How many were new, and how many of them could not be applied.</returns>
    public async Task<(int New, int Unmatched)> RecordAsync(string sellerAccountId, IReadOnlyList<RefundReading> readings, CancellationToken cancel)
    {
        var eventIds = readings.Select(r => r.EventId).ToList();
        var known = (await db.RefundLines.AsNoTracking().Where(r => eventIds.Contains(r.ProviderEventId)).Select(r => r.ProviderEventId).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var (fresh, unmatched) = (0, 0);
        foreach (var reading in readings.OrderBy(r => r.At).ThenBy(r => r.EventId, StringComparer.Ordinal))
        {
            if (!known.Add(reading.EventId)) { continue; }

            fresh++;
            unmatched += await RecordOneAsync(sellerAccountId, reading, cancel) ? 0 : 1;
        }

        return (fresh, unmatched);
    }

    /// <summary>Refunds that came before their line, or before it shipped, are applied later.</summary>
    public async Task ApplyLateAsync(string sellerAccountId, CancellationToken cancel)
    {
        var open = await (from refund in db.RefundLines
                          join line in db.SaleLines on refund.MarketplaceOrderId equals line.MarketplaceOrderId
                          where refund.Break != null && line.SellerAccountId == sellerAccountId
                          orderby refund.RecordedAt, refund.Id
                          select refund.Id).Distinct().Take(500).ToListAsync(cancel);
        foreach (var id in open)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var row = await db.RefundLines.SingleAsync(r => r.Id == id, cancel);
            await ApplyAsync(sellerAccountId, row, "", cancel);
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<bool> RecordOneAsync(string sellerAccountId, RefundReading reading, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = new RefundLineRow
        {
            Id = NamedId.For(RefundIdPrefix, reading.EventId),
            ProviderEventId = reading.EventId,
            MarketplaceOrderId = reading.OrderId,
            OrderItemId = reading.OrderItemId ?? "",
            Units = reading.Units,
            ItemRefundMinor = reading.ItemRefund.MinorUnits,
            Currency = reading.ItemRefund.Currency,
            RefundedAt = reading.At,
            Break = "Not applied yet.",
        };
        db.RefundLines.Add(row);
        await db.SaveChangesAsync(cancel);   // gives the row the time at which it was recorded
        var applied = await ApplyAsync(sellerAccountId, row, reading.Sku, cancel);
        await transaction.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return applied;
    }

    private async Task<bool> ApplyAsync(string sellerAccountId, RefundLineRow row, string sku, CancellationToken cancel)
    {
        var line = await FindLineAsync(sellerAccountId, row, sku, cancel);
        row.SaleLineId = line?.Id;
        row.Break = line switch
        {
            null => "No order line is known for this refund.",
            { LicenceId: null } => "The order line has no licence.",
            { ShippedAt: null } or { ItemPriceMinor: null } => "The order line has not shipped with a price.",
            _ when line.Currency != row.Currency => $"Refunded in {row.Currency}, sold in {line.Currency}.",
            _ => null,
        };
        if (row.Break is null) { await ReverseAsync(line!, row, cancel); }

        await db.SaveChangesAsync(cancel);
        return row.Break is null;
    }

    private async Task<SaleLineRow?> FindLineAsync(string sellerAccountId, RefundLineRow row, string sku, CancellationToken cancel)
    {
        var ofOrder = await db.SaleLines.Where(l => l.SellerAccountId == sellerAccountId && l.MarketplaceOrderId == row.MarketplaceOrderId).ToListAsync(cancel);
        return ofOrder.Find(l => l.OrderItemId == row.OrderItemId)
            ?? (row.OrderItemId.Length == 0 ? ofOrder.Find(l => l.Sku == sku) ?? (ofOrder.Count == 1 ? ofOrder[0] : null) : null);
    }

    private async Task ReverseAsync(SaleLineRow line, RefundLineRow row, CancellationToken cancel)
    {
        var ofLine = await db.RefundLines.AsNoTracking().Where(r => r.SaleLineId == line.Id && r.Break == null && r.Id != row.Id).ToListAsync(cancel);
        var units = ofLine.Sum(r => r.Units) + row.Units;
        var money = Money.Sum(ofLine.Select(r => r.ItemRefund), row.Currency) + row.ItemRefund;
        line.State = units >= line.Quantity || money >= line.ItemPrice!.Value ? SaleLineState.Refunded : SaleLineState.PartlyRefunded;

        var terms = (await db.Licences.AsNoTracking().SingleAsync(l => l.Id == line.LicenceId, cancel)).Terms!;
        if (terms.Currency != line.Currency) { return; }   // nothing was accrued

        var reversal = RoyaltyEngine.Of(terms, SaleLineTerms.ToRefund(row, line, ofLine));
        await LedgerPosting.PostOnceAsync(db, $"refund:{row.Id}:reverse", row.RefundedAt,
            [JournalLine.Debit(ChartOfAccounts.SellerReceivable, line.SellerAccountId, reversal), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId, reversal)], cancel);
    }
}
