using Ccn.Domain.Events;
using Temporalio.Activities;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Appends business facts and brings the projections up to date in the same transaction.</summary>
public interface IBusinessEventActivities
{
    /// <summary>Appends events in order; an event id already stored is a no-op.</summary>
    [Activity("Events.Append")]
    Task AppendAsync(IReadOnlyList<BusinessEvent> events);
}

/// <summary>Calendars and zones live outside workflow code, because their data changes.</summary>
public interface ICalendarActivities
{
    /// <summary>The instant after the given business hours (8 a day, 09:00 to 17:00) or business days in a calendar; <c>24x7</c> counts every hour.</summary>
    [Activity("Calendars.BusinessDeadline")]
    Task<DateTimeOffset> BusinessDeadlineAsync(BusinessDeadlineInput input);

    /// <summary>Start and end of the n-th month since <paramref name="input"/>'s anchor, as UTC instants of local midnights; the end is exclusive.</summary>
    [Activity("Calendars.MonthlyPeriod")]
    Task<PeriodBounds> MonthlyPeriodAsync(MonthlyPeriodInput input);

    /// <summary>The next occurrence of a day of the month at 09:00 in a zone; a month that lacks the day uses its last one.</summary>
    [Activity("Calendars.NextDayOfMonth")]
    Task<DateTimeOffset> NextDayOfMonthAsync(NextDayOfMonthInput input);

    /// <summary>The same local time a number of months after the first date, counted from that date and never by repeated addition (<c>Periods.AddMonths</c>).</summary>
    [Activity("Calendars.Anniversary")]
    Task<DateTimeOffset> AnniversaryAsync(AnniversaryInput input);
}

public sealed record BusinessDeadlineInput(DateTimeOffset From, double BusinessHours, string Calendar, string Zone);
/// <param name="Settling">How long after the end the period is settled, on the zone's own clock.</param>
public sealed record MonthlyPeriodInput(DateTimeOffset Anchor, int Number, string Zone, TimeSpan Settling = default);
public sealed record AnniversaryInput(DateTimeOffset First, int Months, string Zone);
/// <param name="SettledAt">When it is settled: two days after the end are the third at midnight, also in a month that begins with a change of the clocks.</param>
public sealed record PeriodBounds(DateTimeOffset From, DateTimeOffset To, DateTimeOffset? SettledAt = null);
public sealed record NextDayOfMonthInput(DateTimeOffset After, int Day, string Zone);
