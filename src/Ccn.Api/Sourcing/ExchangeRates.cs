using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Sourcing;

/// <summary>Rates by which offers in other currencies are compared. Finance enters them with their source; nothing is ever paid by them.</summary>
public sealed class ExchangeRates(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    private const decimal Most = 1_000_000m;

    /// <summary>What is entered, the newest day first.</summary>
    public async Task<IReadOnlyList<ExchangeRate>> ListAsync(CancellationToken cancel) =>
        [.. (await db.ExchangeRates.AsNoTracking().OrderByDescending(rate => rate.Date).ThenBy(rate => rate.Currency).Take(400).ToListAsync(cancel)).Select(rate => rate.ToRate())];

    /// <summary>The newest rate of each of the currencies that is not of a later day than today. A currency without one is left out: it is never 1.</summary>
    public async Task<IReadOnlyDictionary<string, ExchangeRate>> NewestAsync(IEnumerable<string> currencies, CancellationToken cancel)
    {
        var (asked, today) = (currencies.Distinct(StringComparer.Ordinal).ToList(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var rows = await db.ExchangeRates.AsNoTracking().Where(rate => asked.Contains(rate.Currency) && rate.Date <= today).ToListAsync(cancel);
        return rows.GroupBy(rate => rate.Currency, StringComparer.Ordinal).ToDictionary(rates => rates.Key, rates => rates.MaxBy(rate => rate.Date)!.ToRate(), StringComparer.Ordinal);
    }

    /// <summary>Enters the rate of a day, or corrects it.</summary>
    public async Task SetAsync(string currency, DateOnly date, decimal rate, string? source, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var errors = new FieldErrors();
        errors.Add(!Currencies.IsKnown(currency) || currency == ExchangeRateRow.Into, "currency", $"is a known currency other than {ExchangeRateRow.Into}");
        errors.Add(date > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), "date", "is not in the future");
        errors.Add(rate is <= 0 or > Most, "rate", "is greater than zero");
        errors.Text(source, "source", 200);
        errors.Throw();
        var (by, now) = (user.Id, clock.GetUtcNow());
        var row = await db.ExchangeRates.FindAsync([currency, date], cancel);
        if (row is null) { db.ExchangeRates.Add(new() { Currency = currency, Date = date, Rate = rate, Source = source!.Trim(), EnteredBy = by, EnteredAt = now }); }
        else { (row.Rate, row.Source, row.EnteredBy, row.EnteredAt) = (rate, source!.Trim(), by, now); }

        await db.SaveChangesAsync(cancel);
    }
}
