using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Sales;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Sales;

/// <param name="ItemPrice">For all units together, without shipping and tax; null while Amazon has not told it.</param>
/// <param name="RefundedUnits">Units given back so far.</param>
public sealed record SaleSummary(string SaleLineId, string OrderId, string Sku, int Quantity, Money? ItemPrice, Money Promotions, DateTimeOffset OrderedAt, DateTimeOffset? ShippedAt, SaleLineState State, int RefundedUnits, IReadOnlyList<string> SourcesSeen);

public sealed class SalesQueries(CcnDbContext db, CurrentUser user)
{
    /// <summary>Sales of a licence, newest first: for both parties and staff.</summary>
    public async Task<Page<SaleSummary>> ForLicenceAsync(string licenceId, int? asked, string? cursor, CancellationToken cancel)
    {
        var (reader, staff, limit) = (user.Id, user.IsStaff, Cursor.Limit(asked));
        if (!await db.Licences.AnyAsync(licence => licence.Id == licenceId && (staff || licence.CreatorId == reader || licence.SellerId == reader), cancel)) { throw ProblemException.NotFound("licence"); }

        var rows = db.SaleLines.AsNoTracking().Where(line => line.LicenceId == licenceId);
        if (Cursor.Parse(cursor) is { } after) { rows = rows.Where(line => line.OrderedAt < after.At || (line.OrderedAt == after.At && string.Compare(line.Id, after.Id) < 0)); }

        var page = await rows.OrderByDescending(line => line.OrderedAt).ThenByDescending(line => line.Id).Take(limit + 1).ToListAsync(cancel);
        var ids = page.Select(line => line.Id).ToList();
        var refunds = await db.RefundLines.AsNoTracking().Where(refund => refund.SaleLineId != null && ids.Contains(refund.SaleLineId)).GroupBy(refund => refund.SaleLineId!)
            .Select(group => new { group.Key, Units = group.Sum(refund => refund.Units) }).ToDictionaryAsync(group => group.Key, group => group.Units, cancel);
        return Page.Of([.. page.Select(line => new SaleSummary(line.Id, line.MarketplaceOrderId, line.Sku, line.Quantity, line.ItemPrice, line.Promotions, line.OrderedAt, line.ShippedAt, line.State,
            refunds.GetValueOrDefault(line.Id), line.SourcesSeen))], limit, line => new(line.OrderedAt, line.SaleLineId));
    }
}
