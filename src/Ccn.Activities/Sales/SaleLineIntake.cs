using Ccn.Activities.Ledger;
using Ccn.Activities.Lifecycle;
using Ccn.Activities.Listings;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Data.Sales;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Ccn.Providers.Amazon;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Sales;

/// <summary>Brings order lines into rows, one transaction for a page, and accrues the royalty of each line once, when it has shipped and has a price.</summary>
internal sealed class SaleLineIntake(CcnDbContext db)
{
    private const string LineIdPrefix = "sln";

    /// <summary>ISO 4217's code for "no currency": of lines that have neither a price nor a licence yet.</summary>
    private const string NoCurrency = "XXX";

    private const string PromotionAssumed = "Assumption: the marketplace did not say which part of the discount is the item's; all of it was counted.";

    /// <summary>Records a page of orders. A line that was seen before changes nothing, except from provisional to shipped or canceled.</summary>
    /// <param name="source">Where it was seen: <c>poll</c>.</param>
    public async Task<PageResult> RecordAsync(SellerAccount account, IReadOnlyList<Order> orders, string source, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var orderIds = orders.Select(o => o.OrderId).ToList();
        var known = (await db.SaleLines.Where(l => orderIds.Contains(l.MarketplaceOrderId)).ToListAsync(cancel)).ToDictionary(l => (l.MarketplaceOrderId, l.OrderItemId));
        var skus = orders.SelectMany(o => o.OrderItems).Select(i => i.Product.SellerSku ?? "").Distinct(StringComparer.Ordinal).ToList();
        var matcher = await LicenceMatcher.LoadAsync(db, account.Id, skus, cancel);
        var (fresh, unmatched) = (0, 0);
        var designs = new HashSet<string>(StringComparer.Ordinal);
        var shipped = new List<SaleLineRow>();
        foreach (var (order, item) in orders.SelectMany(o => o.OrderItems.Select(i => (o, i))))
        {
            var marketplaceId = order.SalesChannel.MarketplaceId ?? account.Marketplace;
            var reading = SaleReading.Of(order, item, Marketplace.Of(marketplaceId));
            if (!known.TryGetValue((order.OrderId, item.OrderItemId), out var row))
            {
                row = NewRow(account.Id, marketplaceId, order, item);
                matcher.Match(row);
                known.Add((order.OrderId, item.OrderItemId), row);
                db.SaleLines.Add(row);
                fresh++;
                unmatched += row.LicenceId is null ? 1 : 0;
            }

            if (Apply(row, reading, source, matcher.Terms(row.LicenceId))) { shipped.Add(row); }
            if (row.State is not SaleLineState.Canceled && matcher.DesignOf(row) is { } designId) { designs.Add(designId); }
        }

        await db.SaveChangesAsync(cancel);
        foreach (var row in shipped) { await AccrueAsync(row, matcher.Terms(row.LicenceId), cancel); }

        await transaction.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return new(fresh, unmatched, designs);
    }

    /// <summary>Lines that came before their listing was on record are matched later.</summary>
    /// <returns>Designs that were found to have sold.</returns>
    public async Task<IReadOnlySet<string>> MatchLateAsync(string sellerAccountId, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var rows = await db.SaleLines.Where(l => l.SellerAccountId == sellerAccountId && l.LicenceId == null).OrderBy(l => l.OrderedAt).Take(500).ToListAsync(cancel);
        var matcher = await LicenceMatcher.LoadAsync(db, sellerAccountId, [.. rows.Select(r => r.Sku).Distinct(StringComparer.Ordinal)], cancel);
        foreach (var row in rows)
        {
            matcher.Match(row);
            if (matcher.Terms(row.LicenceId) is { } terms && row.ItemPriceMinor is not null && row.Currency != terms.Currency) { row.Break = OtherCurrency(row, terms); }
        }

        await db.SaveChangesAsync(cancel);
        var matched = rows.FindAll(r => r.LicenceId is not null);
        foreach (var row in matched.Where(r => r.ShippedAt is not null)) { await AccrueAsync(row, matcher.Terms(row.LicenceId), cancel); }

        await transaction.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return matched.Where(r => r.State is not SaleLineState.Canceled).Select(matcher.DesignOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private static SaleLineRow NewRow(string sellerAccountId, string marketplaceId, Order order, OrderItem item) => new()
    {
        Id = NamedId.For(LineIdPrefix, $"{order.OrderId}/{item.OrderItemId}"),
        SellerAccountId = sellerAccountId,
        Marketplace = marketplaceId,
        MarketplaceOrderId = order.OrderId,
        OrderItemId = item.OrderItemId,
        Sku = item.Product.SellerSku ?? "",
        Asin = item.Product.Asin,
        Quantity = item.QuantityOrdered,
        Currency = NoCurrency,
        OrderedAt = order.CreatedTime.ToUniversalTime(),
        State = SaleLineState.Provisional,
    };

    /// <returns>True when the line ships with this reading: its figures are final from now on.</returns>
    private static bool Apply(SaleLineRow row, SaleReading reading, string source, LicenceTerms? terms)
    {
        if (!row.SourcesSeen.Contains(source, StringComparer.Ordinal)) { row.SourcesSeen = [.. row.SourcesSeen, source]; }
        if (row.State is not SaleLineState.Provisional) { return false; }

        row.Quantity = reading.Quantity;
        (row.ItemPriceMinor, row.PromotionsMinor) = (reading.Price?.MinorUnits, reading.Promotions?.MinorUnits ?? 0);
        row.Currency = reading.Price?.Currency ?? terms?.Currency ?? row.Currency;
        if (terms is not null) { row.Break = BreakOf(row, reading, terms); }
        if (reading.Canceled) { row.State = SaleLineState.Canceled; }
        if (reading is not { ShippedAt: { } shippedAt, Price: not null }) { return false; }

        (row.State, row.ShippedAt) = (SaleLineState.Shipped, shippedAt);
        return true;
    }

    private static string? BreakOf(SaleLineRow row, SaleReading reading, LicenceTerms terms) =>
        reading.Price is { } price && price.Currency != terms.Currency ? OtherCurrency(row, terms)
        : reading.PromotionIsAssumed && terms.Base is RoyaltyBase.GrossLessPromotions ? PromotionAssumed
        : null;

    private static string OtherCurrency(SaleLineRow row, LicenceTerms terms) => $"Sold in {row.Currency}, licensed in {terms.Currency}: no royalty was accrued.";

    private async Task AccrueAsync(SaleLineRow row, LicenceTerms? terms, CancellationToken cancel)
    {
        if (terms is null || terms.Currency != row.Currency) { return; }

        var royalty = RoyaltyEngine.Of(terms, SaleLineTerms.ToSale(row));
        await LedgerPosting.PostOnceAsync(db, $"sale:{row.Id}:accrue", row.ShippedAt!.Value,
            [JournalLine.Debit(ChartOfAccounts.SellerReceivable, row.SellerAccountId, royalty), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId, royalty)], cancel);
    }
}

/// <summary>What a page of orders brought.</summary>
/// <param name="SoldDesignIds">Designs of all its lines, seen before or not: a pull that is repeated after a failure must still tell them.</param>
internal sealed record PageResult(int NewLines, int Unmatched, IReadOnlySet<string> SoldDesignIds);
