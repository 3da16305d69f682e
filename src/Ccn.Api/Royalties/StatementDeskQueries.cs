using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Royalties;

/// <param name="OpenQueries">The creator's questions without an answer: the statement waits for them.</param>
public sealed record StatementRow(StatementSummary Statement, string DesignTitle, string CreatorName, string SellerName, int OpenQueries, string? CollectionFailure);

/// <summary>Statements of one state and currency.</summary>
public sealed record StatementTotal(StatementState State, int Statements, Money Gross, Money Fee, Money Net);

/// <summary>The finance desk's list of statements.</summary>
/// <param name="Totals">Of what the filter leaves.</param>
/// <param name="Months">First days of the months in which statement periods begin, newest first.</param>
public sealed record StatementDesk(IReadOnlyList<StatementRow> Rows, IReadOnlyList<StatementTotal> Totals, IReadOnlyList<DateOnly> Months);

public sealed class StatementDeskQueries(CcnDbContext db, CurrentUser user)
{
    /// <param name="month">First day of the month in which the period begins, as the licence's zone dates it.</param>
    public async Task<StatementDesk> ListAsync(StatementState? state, DateOnly? month, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var rows = await (from statement in db.Statements.AsNoTracking()
                          where statement.From != null
                          join licence in db.Licences.AsNoTracking() on statement.LicenceId equals licence.Id
                          join design in db.Designs.AsNoTracking() on statement.DesignId equals design.Id
                          join creator in db.Users.AsNoTracking() on licence.CreatorId equals creator.Id
                          join seller in db.Users.AsNoTracking() on licence.SellerId equals seller.Id
                          orderby statement.From descending, statement.Id
                          select new
                          {
                              Statement = statement, licence.Terms, design.Title, Creator = creator.DisplayName, Seller = seller.DisplayName,
                              Open = db.StatementQueries.Count(query => query.StatementId == statement.Id && query.AskedAt != null && query.Answer == null),
                          }).Take(2_000).ToListAsync(cancel);
        var dated = rows.Select(row => (Month: MonthOf(row.Statement.From!.Value, row.Terms?.Zone), Row: new StatementRow(RoyaltyQueries.Summary(row.Statement), row.Title, row.Creator, row.Seller, row.Open, row.Statement.CollectionFailure))).ToList();
        var shown = dated.Where(row => (state is null || row.Row.Statement.State == state) && (month is null || row.Month == month)).Select(row => row.Row).ToList();
        var totals = shown.GroupBy(row => (row.Statement.State, row.Statement.Net.Currency)).OrderBy(group => group.Key).Select(group => new StatementTotal(group.Key.State, group.Count(),
            Money.Sum(group.Select(row => row.Statement.Gross), group.Key.Currency), Money.Sum(group.Select(row => row.Statement.Fee), group.Key.Currency), Money.Sum(group.Select(row => row.Statement.Net), group.Key.Currency)));
        return new(shown, [.. totals], [.. dated.Select(row => row.Month).Distinct().OrderDescending()]);
    }

    // A period that begins at midnight in Los Angeles begins in the evening before for somebody further west.
    private static DateOnly MonthOf(DateTimeOffset from, string? zone)
    {
        var local = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(from, known) : from.ToUniversalTime();
        return new(local.Year, local.Month, 1);
    }
}
