namespace Ccn.Domain.Lifecycle;

/// <summary>Business time of one place: Monday to Friday, 09:00 to 17:00 local, without its holidays, with its make-up working days. Data is given, so a calendar is versioned data and this is arithmetic.</summary>
/// <param name="Name">Such as <c>CN</c>; <c>24x7</c> counts every hour.</param>
/// <param name="Holidays">Days off that fall on weekdays.</param>
/// <param name="WorkingWeekends">Weekend days that are worked, as in China around its holidays.</param>
public sealed record BusinessCalendar(string Name, IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> WorkingWeekends)
{
    private static readonly TimeOnly Opening = new(9, 0);
    private static readonly TimeOnly Closing = new(17, 0);

    /// <summary>Hours of one business day.</summary>
    public const double HoursPerDay = 8;

    public static BusinessCalendar AllHours { get; } = new("24x7", new HashSet<DateOnly>(), new HashSet<DateOnly>());

    public bool IsBusinessDay(DateOnly day) =>
        WorkingWeekends.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day));

    /// <summary>The instant at which <paramref name="hours"/> business hours have passed since <paramref name="from"/> in the zone. Local days across a clock change count their wall-clock hours.</summary>
    public DateTimeOffset Add(DateTimeOffset from, double hours, TimeZoneInfo zone)
    {
        if (Name == AllHours.Name) { return from.AddHours(hours); }

        var local = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        var left = TimeSpan.FromHours(hours);
        while (true)
        {
            var day = DateOnly.FromDateTime(local);
            var start = local < day.ToDateTime(Opening) ? day.ToDateTime(Opening) : local;
            var end = day.ToDateTime(Closing);
            if (IsBusinessDay(day) && start < end)
            {
                var today = end - start;
                if (left <= today) { return ToUtc(start + left, zone); }

                left -= today;
            }

            local = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        }
    }

    private static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        // 09:00 to 17:00 is never inside a clock change of the zones in use; a skipped time moves to the first valid one.
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }

        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone), TimeSpan.Zero);
    }
}
