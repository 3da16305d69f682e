using System.Globalization;
using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Tests.Lifecycle;

public sealed class CalendarTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
    private static readonly BusinessCalendar China = new("CN",
        new HashSet<DateOnly>(Enumerable.Range(0, 8).Select(n => new DateOnly(2026, 2, 16).AddDays(n))), new HashSet<DateOnly> { new(2026, 2, 14), new(2026, 2, 28) });

    [Theory]
    [InlineData("2026-03-02T01:00:00Z", 8, "2026-03-02T09:00:00Z")]     // Monday 09:00 in Shanghai: the whole day
    [InlineData("2026-03-06T08:00:00Z", 2, "2026-03-09T02:00:00Z")]     // Friday 16:00: one hour today, one on Monday
    [InlineData("2026-03-07T03:00:00Z", 16, "2026-03-10T09:00:00Z")]    // Saturday counts nothing
    [InlineData("2026-02-13T08:00:00Z", 8, "2026-02-14T08:00:00Z")]     // the Saturday before the New Year is worked
    [InlineData("2026-02-14T08:00:00Z", 8, "2026-02-24T08:00:00Z")]     // and then nobody answers for nine days
    public void Waits_count_in_the_suppliers_business_hours(string from, double hours, string until) =>
        Assert.Equal(At(until), China.Add(At(from), hours, Shanghai));

    [Fact]
    public void The_calendar_of_all_hours_counts_every_hour() => Assert.Equal(At("2026-03-08T13:00:00Z"), BusinessCalendar.AllHours.Add(At("2026-03-07T13:00:00Z"), 24, Pacific));

    // Case c040: an instant belongs to exactly one month of the seller's zone, also around both clock changes.
    [Theory]
    [InlineData("2026-01-01T00:05:00Z", "2025-12")]
    [InlineData("2026-03-01T07:59:59Z", "2026-02")]
    [InlineData("2026-03-01T08:00:00Z", "2026-03")]
    [InlineData("2026-03-08T09:59:59Z", "2026-03")]
    [InlineData("2026-03-08T10:00:00Z", "2026-03")]
    [InlineData("2026-04-01T06:59:59Z", "2026-03")]
    [InlineData("2026-04-01T07:00:00Z", "2026-04")]
    [InlineData("2026-11-01T08:30:00Z", "2026-11")]
    [InlineData("2026-11-02T07:59:59Z", "2026-11")]
    public void A_sale_is_in_the_month_of_the_sellers_own_days(string shipped, string month)
    {
        var periods = Enumerable.Range(1, 14).Select(number => Periods.CalendarMonth(At("2025-12-10T00:00:00Z"), number, Pacific)).ToList();
        var period = Assert.Single(periods, bounds => bounds.From <= At(shipped) && At(shipped) < bounds.To);
        Assert.Equal(month, TimeZoneInfo.ConvertTime(period.From, Pacific).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Fact]
    public void December_is_not_over_before_midnight_in_the_sellers_zone() =>
        Assert.Equal(At("2026-01-01T08:00:00Z"), Periods.CalendarMonth(At("2025-12-10T00:00:00Z"), 1, Pacific).To);

    // Case c069: computed from the first date, never by repeated addition.
    [Theory]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-01-31", 2, "2026-03-31")]
    [InlineData("2026-01-31", 3, "2026-04-30")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    public void Monthly_dates_do_not_slide(string first, int months, string expected) =>
        Assert.Equal(At(expected + "T12:00:00Z"), Periods.AddMonths(At(first + "T12:00:00Z"), months, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-02-01T00:00:00Z", 31, "2026-02-28T17:00:00Z")]
    [InlineData("2026-02-03T16:59:59Z", 3, "2026-02-03T17:00:00Z")]
    [InlineData("2026-02-03T17:00:00Z", 3, "2026-03-03T17:00:00Z")]
    [InlineData("2026-07-01T00:00:00Z", 15, "2026-07-15T16:00:00Z")]
    public void The_pay_day_is_at_nine_local_and_the_last_day_where_a_month_lacks_it(string after, int day, string expected) =>
        Assert.Equal(At(expected), Periods.NextDayOfMonth(At(after), day, Pacific));

    // Case c071: at the missing and at the double local hour, each day comes exactly once in each month.
    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    [InlineData(31)]
    public void A_monthly_day_comes_once_a_month_through_both_changes_of_the_clocks(int day)
    {
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var at = At("2025-12-31T23:00:00Z");
        for (var month = 1; month <= 12; month++)
        {
            at = Periods.NextDayOfMonth(at, day, newYork);
            Assert.Equal(new DateTime(2026, month, Math.Min(day, DateTime.DaysInMonth(2026, month)), 9, 0, 0), TimeZoneInfo.ConvertTime(at, newYork).DateTime);
        }
    }

    // Case c058: the instants that a local close stands for; a time that does not exist is the next one that does.
    [Theory]
    [InlineData("2026-03-09T00:00:00", "America/Los_Angeles", "2026-03-09T07:00:00Z")]   // a, f: seven calendar days from the 2nd, 167 hours
    [InlineData("2026-11-02T00:00:00", "America/Los_Angeles", "2026-11-02T08:00:00Z")]   // b
    [InlineData("2026-03-30T00:00:00", "Europe/Berlin", "2026-03-29T22:00:00Z")]         // c
    [InlineData("2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:00:00Z")]      // d: 02:30 is skipped, 03:00 is the first that exists
    [InlineData("2026-11-01T01:30:00", "America/New_York", "2026-11-01T06:30:00Z")]      // e: of the two, the later: nobody is shut out early
    public void A_local_day_or_hour_is_one_instant(string local, string zoneId, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var wanted = DateTime.Parse(local, CultureInfo.InvariantCulture);
        Assert.Equal(At(expected), Periods.Later(Periods.Midnight(DateOnly.FromDateTime(wanted).AddDays(-7), zone), TimeSpan.FromDays(7) + wanted.TimeOfDay, zone));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
