using Temporalio.Api.Schedule.V1;
using ScheduleRange = Temporalio.Api.Schedule.V1.Range;

namespace Ccn.TemporalServer.Schedules;

/// <summary>The instants at which a calendar of explicit ranges strikes, in a time zone.</summary>
internal sealed class Calendar
{
    private readonly TimeZoneInfo zone;
    private readonly ulong seconds;
    private readonly ulong minutes;
    private readonly ulong hours;
    private readonly ulong days;
    private readonly ulong months;
    private readonly ulong weekdays;
    private readonly IReadOnlyList<ScheduleRange> years;

    public Calendar(StructuredCalendarSpec spec, TimeZoneInfo zone)
    {
        this.zone = zone;
        (seconds, minutes, hours) = (Bits(spec.Second), Bits(spec.Minute), Bits(spec.Hour));
        (days, months, weekdays) = (Bits(spec.DayOfMonth), Bits(spec.Month), Bits(spec.DayOfWeek));
        years = [.. spec.Year];
    }

    /// <summary>True when the second that holds this instant is one of them.</summary>
    public bool Matches(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        return FitsDay(local) && Has(hours, local.Hour) && Has(minutes, local.Minute) && Has(seconds, local.Second);
    }

    /// <summary>
    /// The next instant after the given one; null for none up to the last year of calendars. A local time that daylight
    /// saving leaves out does not strike; one that it repeats strikes once, the first time.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (seconds == 0 || minutes == 0 || hours == 0 || days == 0 || months == 0 || weekdays == 0)
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified).AddSeconds(1);
        while (local.Year <= CalendarField.Year.High)
        {
            if (!FitsYear(local.Year))
            {
                local = new(local.Year + 1, 1, 1);
            }
            else if (!Has(months, local.Month))
            {
                local = new DateTime(local.Year, local.Month, 1).AddMonths(1);
            }
            else if (!FitsDay(local))
            {
                local = local.Date.AddDays(1);
            }
            else if (!Has(hours, local.Hour))
            {
                local = local.Date.AddHours(local.Hour + 1);
            }
            else if (!Has(minutes, local.Minute))
            {
                local = local.Date.AddMinutes((local.Hour * 60) + local.Minute + 1);
            }
            else if (!Has(seconds, local.Second) || zone.IsInvalidTime(local) || InstantOf(local) <= after)
            {
                local = local.AddSeconds(1);
            }
            else
            {
                return InstantOf(local);
            }
        }

        return null;
    }

    private DateTimeOffset InstantOf(DateTime local)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private bool FitsDay(DateTime day) =>
        FitsYear(day.Year) && Has(months, day.Month) && Has(days, day.Day) && Has(weekdays, (int)day.DayOfWeek);

    private bool FitsYear(int year) => years.Count == 0 || years.Any(r => year >= r.Start && year <= r.End && (year - r.Start) % r.Step == 0);

    private static ulong Bits(IEnumerable<ScheduleRange> ranges)
    {
        var bits = 0UL;
        foreach (var range in ranges)
        {
            for (var value = range.Start; value <= range.End; value += range.Step)
            {
                bits |= 1UL << value;
            }
        }

        return bits;
    }

    private static bool Has(ulong bits, int value) => ((bits >> value) & 1) == 1;
}
