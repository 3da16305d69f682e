namespace Ccn.Domain.Lifecycle;

/// <summary>Monthly periods as half-open UTC intervals between local midnights, so a month with a clock change is an hour shorter or longer and no instant is in two periods.</summary>
public static class Periods
{
    /// <summary>The n-th calendar month (1 = the month of the anchor) in the zone. The first period starts at the anchor's month start.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) CalendarMonth(DateTimeOffset anchor, int number, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var local = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(anchor, zone).DateTime);
        var first = new DateOnly(local.Year, local.Month, 1).AddMonths(number - 1);
        return (Midnight(first, zone), Midnight(first.AddMonths(1), zone));
    }

    /// <summary>The first 09:00 of the given day of the month after an instant; a month that lacks the day uses its last one.</summary>
    public static DateTimeOffset NextDayOfMonth(DateTimeOffset after, int day, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        var local = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        for (var month = new DateOnly(local.Year, local.Month, 1); ; month = month.AddMonths(1))
        {
            var date = new DateOnly(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)));
            var instant = At(date, new TimeOnly(9, 0), zone);
            if (instant > after) { return instant; }
        }
    }

    /// <summary>The same day of a later month, counted from the first date and never by repeated addition: a month that lacks the day uses its last one (29 February: 28 February in common years).</summary>
    public static DateTimeOffset AddMonths(DateTimeOffset first, int months, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(first, zone).DateTime;
        return At(DateOnly.FromDateTime(local).AddMonths(months), TimeOnly.FromDateTime(local), zone);
    }

    /// <summary>A span later on the zone's own clock: two days after a midnight are a midnight, also when the clocks change between them.</summary>
    public static DateTimeOffset Later(DateTimeOffset instant, TimeSpan span, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime + span;
        return At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), zone);
    }

    /// <summary>Local midnight of a day as a UTC instant.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone) => At(day, TimeOnly.MinValue, zone);

    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }

        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone), TimeSpan.Zero);
    }
}
