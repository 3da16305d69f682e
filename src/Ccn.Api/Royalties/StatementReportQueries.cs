using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Royalties;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Royalties;

public sealed class StatementReportQueries(CcnDbContext db, RoyaltyQueries royalties, CurrentUser user, TimeProvider clock)
{
    public async Task<StatementReport> GetAsync(string statementId, CancellationToken cancel)
    {
        var detail = await royalties.GetAsync(statementId, cancel);
        var licence = await db.Licences.AsNoTracking().SingleAsync(row => row.Id == detail.Statement.LicenceId, cancel);
        var terms = licence.Terms ?? throw new InvalidOperationException($"The licence {licence.Id} has a statement and no terms.");
        var names = await db.Users.AsNoTracking().Where(row => row.Id == licence.CreatorId || row.Id == licence.SellerId).ToDictionaryAsync(row => row.Id, row => row.DisplayName, StringComparer.Ordinal, cancel);
        var orders = await OrdersAsync(detail, cancel);
        var lines = detail.Lines.Select(line => new ReportLine(line, StatementClauses.Of(terms, line.Kind), orders(line))).ToList();
        return new(detail, terms.DesignTitle, names.GetValueOrDefault(licence.CreatorId, licence.CreatorId), names.GetValueOrDefault(licence.SellerId, licence.SellerId), terms.Zone, terms.Version,
            detail.Lines.Where(line => line.Kind is StatementLineKind.Sale).Sum(line => line.Units), -detail.Lines.Where(line => line.Kind is StatementLineKind.Return).Sum(line => line.Units), lines, StatementReport.TotalsOf(detail.Lines), WhyNotQuery(detail, licence.CreatorId));
    }

    private async Task<Func<StatementLineView, OrderLine?>> OrdersAsync(StatementDetail detail, CancellationToken cancel)
    {
        var saleIds = detail.Lines.Select(line => line.SaleLineId).OfType<string>().Distinct().ToList();
        var refundIds = detail.Lines.Select(line => line.RefundLineId).OfType<string>().Distinct().ToList();
        var sales = await db.SaleLines.AsNoTracking().Where(row => saleIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancel);
        var refunds = await db.RefundLines.AsNoTracking().Where(row => refundIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancel);
        return line =>
        {
            if (line.SaleLineId is null || !sales.TryGetValue(line.SaleLineId, out var sale)) { return null; }

            var refund = line.RefundLineId is { } id ? refunds.GetValueOrDefault(id) : null;
            return new(sale.MarketplaceOrderId, sale.OrderItemId, sale.Marketplace, sale.Sku, sale.Asin, sale.Quantity, sale.ItemPrice, sale.Promotions, sale.OrderedAt, sale.ShippedAt, refund?.RefundedAt, refund?.ItemRefund, sale.SourcesSeen);
        };
    }

    private string? WhyNotQuery(StatementDetail detail, string creatorId) => detail.Statement switch
    {
        _ when user.Id != creatorId => "Only the licence's creator queries its statements.",
        { State: StatementState.Final } => "It is final. A correction is a line of a later statement.",
        { State: StatementState.Draft } draft when clock.GetUtcNow() > draft.QueryUntil => "The time for queries is over.",
        _ => null,
    };
}
