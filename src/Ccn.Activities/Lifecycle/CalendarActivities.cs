using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;

namespace Ccn.Activities.Lifecycle;

/// <inheritdoc cref="ICalendarActivities"/>
internal sealed class CalendarActivities : ICalendarActivities
{
    public Task<DateTimeOffset> BusinessDeadlineAsync(BusinessDeadlineInput input) => Task.FromResult(BusinessDeadline(input.From, input.BusinessHours, input.Calendar, input.Zone));

    public Task<PeriodBounds> MonthlyPeriodAsync(MonthlyPeriodInput input)
    {
        var zone = Zone(input.Zone);
        var (from, to) = Periods.CalendarMonth(input.Anchor, input.Number, zone);
        return Task.FromResult(new PeriodBounds(from, to, Periods.Later(to, input.Settling, zone)));
    }

    public Task<DateTimeOffset> NextDayOfMonthAsync(NextDayOfMonthInput input) => Task.FromResult(Periods.NextDayOfMonth(input.After, input.Day, Zone(input.Zone)));

    public Task<DateTimeOffset> AnniversaryAsync(AnniversaryInput input) => Task.FromResult(Periods.AddMonths(input.First, input.Months, Zone(input.Zone)));

    /// <summary>The instant after the given business hours, as the activity and the supplier invitations count it.</summary>
    public static DateTimeOffset BusinessDeadline(DateTimeOffset from, double hours, string calendarName, string zone)
    {
        if (hours < 0) { throw ActivityFailures.Invalid("Business hours are not negative."); }

        var calendar = CalendarData.Default.Find(calendarName);
        CalendarData.Default.RequireCovered(calendar, from);
        var deadline = calendar.Add(from, hours, Zone(zone));
        CalendarData.Default.RequireCovered(calendar, deadline);
        return deadline.ToUniversalTime();
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw ActivityFailures.Invalid($"There is no time zone '{id}'.");
}
