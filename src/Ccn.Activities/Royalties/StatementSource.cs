using Ccn.Activities.Sales;
using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Data.Royalties;
using Ccn.Data.Sales;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Royalties;

/// <summary>Collects what a statement is computed from.</summary>
internal sealed class StatementSource(CcnDbContext db)
{
    private static readonly SaleLineState[] Sold = [SaleLineState.Shipped, SaleLineState.PartlyRefunded, SaleLineState.Refunded];

    /// <summary>Sales shipped and refunds made in the period, and what became known too late for its own statement: a final one is never changed, so it is a line of this one.</summary>
    public async Task<StatementInput> ReadAsync(string statementId, LicenceTerms terms, int period, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var earlier = await EarlierAsync(terms.LicenceId, period, cancel);
        var since = earlier.Exists(file => file.Period == period - 1) ? DateTimeOffset.MinValue.ToUniversalTime() : from;
        var (sales, refunds) = await LinesAsync(statementId, terms, since.ToUniversalTime(), to.ToUniversalTime(), cancel);
        var carry = -await TrialBalance.OfAsync(db, ChartOfAccounts.ClawbackReceivable, terms.LicenceId, terms.Currency, cancel);
        return new(terms, sales, refunds, DueReserves(earlier, terms, to), carry);
    }

    /// <summary>Hash of the licence's last statement before the period; null when there is none.</summary>
    public Task<string?> PreviousHashAsync(string licenceId, int period, CancellationToken cancel) => db.StatementDocuments.AsNoTracking()
        .Where(d => d.LicenceId == licenceId && d.Period < period).OrderByDescending(d => d.Period).Select(d => (string?)d.Sha256).FirstOrDefaultAsync(cancel);

    private async Task<(IReadOnlyList<SaleLine> Sales, IReadOnlyList<RefundLine> Refunds)> LinesAsync(string statementId, LicenceTerms terms, DateTimeOffset since, DateTimeOffset to, CancellationToken cancel)
    {
        var final = db.StatementLines.Where(l => l.StatementId != statementId && db.StatementDocuments.Any(d => d.StatementId == l.StatementId && d.LicenceId == terms.LicenceId));
        var sold = await db.SaleLines.AsNoTracking()
            .Where(l => l.LicenceId == terms.LicenceId && l.ShippedAt >= since && l.ShippedAt < to && l.ItemPriceMinor != null && l.Currency == terms.Currency && Sold.Contains(l.State)
                && !final.Any(f => f.Kind == StatementLineKind.Sale && f.SaleLineId == l.Id))
            .ToListAsync(cancel);
        var refunded = await db.RefundLines.AsNoTracking()
            .Where(r => r.RefundedAt >= since && r.RefundedAt < to && r.Break == null && r.Currency == terms.Currency
                && db.SaleLines.Any(l => l.Id == r.SaleLineId && l.LicenceId == terms.LicenceId) && !final.Any(f => f.RefundLineId == r.Id))
            .ToListAsync(cancel);
        var lineIds = refunded.Select(r => r.SaleLineId!).Distinct(StringComparer.Ordinal).ToList();
        var lines = await db.SaleLines.AsNoTracking().Where(l => lineIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, StringComparer.Ordinal, cancel);
        var ofLines = (await db.RefundLines.AsNoTracking().Where(r => r.SaleLineId != null && lineIds.Contains(r.SaleLineId) && r.Break == null).ToListAsync(cancel)).ToLookup(r => r.SaleLineId!, StringComparer.Ordinal);
        return ([.. sold.Select(SaleLineTerms.ToSale)], [.. refunded.Select(r => SaleLineTerms.ToRefund(r, lines[r.SaleLineId!], ofLines[r.SaleLineId!]))]);
    }

    private async Task<List<StatementFile>> EarlierAsync(string licenceId, int period, CancellationToken cancel)
    {
        var contents = await db.StatementDocuments.AsNoTracking().Where(d => d.LicenceId == licenceId && d.Period < period).OrderBy(d => d.Period).Select(d => d.Content).ToListAsync(cancel);
        return contents.ConvertAll(StatementFile.Read);
    }

    /// <summary>Reserves whose release date lies before the end of the period and that no statement has released.</summary>
    private static IReadOnlyList<DueReserve> DueReserves(List<StatementFile> earlier, LicenceTerms terms, DateTimeOffset to)
    {
        var released = earlier.SelectMany(file => file.ReleasedPeriods).ToHashSet();
        return [.. earlier.Where(file => !file.ReserveHeld.IsZero && !released.Contains(file.Period) && file.To.AddDays(terms.ReserveReleaseDays) < to)
            .Select(file => new DueReserve(file.Period, file.ReserveHeld))];
    }
}
