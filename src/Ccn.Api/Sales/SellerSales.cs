using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Sales;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Sales;

/// <summary>Orders of one week, from Monday, in UTC.</summary>
/// <param name="Revenue">Item prices as far as Amazon has told them; refunds are not taken off.</param>
public sealed record SalesWeek(DateOnly Monday, int Units, Money Revenue);

/// <summary>Orders of the weeks asked for, the quiet ones included, and of the last thirty days.</summary>
public sealed record SalesTrend(IReadOnlyList<SalesWeek> Weeks, int Units30, Money Revenue30, int UnitsBefore30);

/// <summary>How a seller's offers sell.</summary>
public sealed class SellerSales(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    private const string Currency = "USD";
    private const int Month = 30;

    /// <summary>The seller's own orders.</summary>
    /// <param name="listingId">Only of one offer; of all when left out.</param>
    public async Task<SalesTrend> TrendAsync(string? listingId, int weeks, CancellationToken cancel)
    {
        var seller = user.Id;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-7 * (weeks - 1));
        var from = new DateTimeOffset(Earlier(first, today.AddDays(-2 * Month)), TimeOnly.MinValue, TimeSpan.Zero);
        var days = (await db.SaleLines.AsNoTracking()
                .Where(line => line.OrderedAt >= from && line.State != SaleLineState.Canceled && line.Currency == Currency && (listingId == null || line.ListingId == listingId)
                    && db.SellerAccounts.Any(account => account.Id == line.SellerAccountId && account.SellerId == seller))
                .GroupBy(line => (line.OrderedAt - from).Days)
                .Select(day => new { Day = day.Key, Units = day.Sum(line => line.Quantity), Minor = day.Sum(line => line.ItemPriceMinor ?? 0) }).ToListAsync(cancel))
            .ConvertAll(day => (Day: DateOnly.FromDateTime(from.UtcDateTime).AddDays(day.Day), day.Units, Revenue: new Money(day.Minor, Currency)));

        var series = Enumerable.Range(0, weeks).Select(week => first.AddDays(7 * week))
            .Select(start => (start, inWeek: days.FindAll(day => day.Day >= start && day.Day < start.AddDays(7))))
            .Select(week => new SalesWeek(week.start, week.inWeek.Sum(day => day.Units), Money.Sum(week.inWeek.Select(day => day.Revenue), Currency)));
        var month = days.FindAll(day => day.Day > today.AddDays(-Month));
        return new([.. series], month.Sum(day => day.Units), Money.Sum(month.Select(day => day.Revenue), Currency), days.Where(day => day.Day <= today.AddDays(-Month) && day.Day > today.AddDays(-2 * Month)).Sum(day => day.Units));
    }

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}
