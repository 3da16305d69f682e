using System.Globalization;
using Ccn.Activities.Lifecycle;
using Ccn.Domain;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;

namespace Ccn.Activities.Tests.Lifecycle;

public sealed class CalendarActivitiesTests
{
    private readonly CalendarActivities calendars = new();

    [Theory]
    [InlineData("24x7", "2026-03-02T09:00:00Z", 16, "2026-03-03T01:00:00Z")]
    [InlineData("US", "2026-07-02T17:00:00Z", 16, "2026-07-07T17:00:00Z")]   // Friday the 3rd is the holiday observed
    [InlineData("US", "2026-02-01T18:00:00Z", 8, "2026-02-03T01:00:00Z")]    // Groundhog Day is no day off
    public async Task A_deadline_counts_business_hours_in_los_angeles(string calendar, string from, double hours, string expected) =>
        Assert.Equal(At(expected), await calendars.BusinessDeadlineAsync(new(At(from), hours, calendar, "America/Los_Angeles")));

    [Fact]
    public async Task China_works_the_saturday_before_the_spring_festival_and_rests_for_nine_days()
    {
        // Friday 13 February 17:00; Saturday 14 is worked, 15 to 23 are off.
        Assert.Equal(At("2026-02-14T09:00:00Z"), await calendars.BusinessDeadlineAsync(new(At("2026-02-13T09:00:00Z"), 8, "CN", "Asia/Shanghai")));
        Assert.Equal(At("2026-02-24T09:00:00Z"), await calendars.BusinessDeadlineAsync(new(At("2026-02-13T09:00:00Z"), 16, "CN", "Asia/Shanghai")));
    }

    [Theory]
    [InlineData("XX", "Asia/Shanghai", "2026-02-13T09:00:00Z")]
    [InlineData("CN", "Asia/Nowhere", "2026-02-13T09:00:00Z")]
    [InlineData("CN", "Asia/Shanghai", "2033-01-03T09:00:00Z")]
    public async Task What_the_data_does_not_know_is_refused_and_never_guessed(string calendar, string zone, string from)
    {
        var failure = await Assert.ThrowsAsync<ApplicationFailureException>(async () => await calendars.BusinessDeadlineAsync(new(At(from), 8, calendar, zone)));
        Assert.Equal((FailureTypes.RequestInvalid, true), (failure.ErrorType, failure.NonRetryable));
    }

    [Theory]   // c040: Pacific months, clock changes included
    [InlineData("2026-01-01T00:05:00Z", "2025-12-01T08:00:00Z", "2026-01-01T08:00:00Z")]
    [InlineData("2026-03-01T07:59:59Z", "2026-02-01T08:00:00Z", "2026-03-01T08:00:00Z")]
    [InlineData("2026-03-08T10:00:00Z", "2026-03-01T08:00:00Z", "2026-04-01T07:00:00Z")]
    [InlineData("2026-11-02T07:59:59Z", "2026-11-01T07:00:00Z", "2026-12-01T08:00:00Z")]
    public async Task A_month_lies_between_local_midnights(string anchor, string from, string to) =>
        Assert.Equal(new PeriodBounds(At(from), At(to), At(to)), await calendars.MonthlyPeriodAsync(new(At(anchor), 1, "America/Los_Angeles")));

    [Fact]
    public async Task A_month_is_settled_on_the_third_local_day_in_every_month_of_the_year()   // c071
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        foreach (var number in Enumerable.Range(1, 12))
        {
            var period = await calendars.MonthlyPeriodAsync(new(At("2025-12-10T00:00:00Z"), number, "America/Los_Angeles", TimeSpan.FromDays(2)));
            Assert.Equal(new DateTime(2026, number, 3, 0, 0, 0), TimeZoneInfo.ConvertTime(period.SettledAt!.Value, zone).DateTime);
        }
    }

    [Fact]
    public async Task A_pay_day_and_an_anniversary_use_the_last_day_where_a_month_lacks_theirs()
    {
        Assert.Equal(At("2026-02-28T17:00:00Z"), await calendars.NextDayOfMonthAsync(new(At("2026-02-01T12:00:00Z"), 31, "America/Los_Angeles")));
        Assert.Equal(At("2027-02-28T18:00:00Z"), await calendars.AnniversaryAsync(new(At("2024-02-29T18:00:00Z"), 36, "America/Los_Angeles")));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
