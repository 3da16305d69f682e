using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using ScheduleRange = Temporalio.Api.Schedule.V1.Range;

namespace Ccn.TemporalServer.Schedules;

/// <summary>
/// Brings the many ways to write a schedule into one: texts and calendars of texts become calendars of explicit ranges,
/// <c>@every</c> becomes an interval. Clients are shown this form.
/// </summary>
internal static class CanonicalSpec
{
    private const string TimeZonePrefix = "CRON_TZ=";
    private const string OtherTimeZonePrefix = "TZ=";
    private const string EveryPrefix = "@every ";

    /// <summary>The canonical form of what a client sent.</summary>
    /// <exception cref="Wire.RpcFailure">INVALID_ARGUMENT that says what makes no sense.</exception>
    public static ScheduleSpec Of(ScheduleSpec given)
    {
        try
        {
            return Make(given);
        }
        catch (FormatException e)
        {
            throw Refusal.Invalid("Invalid schedule spec: " + e.Message);
        }
    }

    /// <summary>The time zone of a name; UTC for none.</summary>
    /// <exception cref="FormatException">There is no such zone.</exception>
    public static TimeZoneInfo Zone(string name) =>
        name.Length == 0 ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : throw new FormatException($"unknown time zone {name}");

    private static ScheduleSpec Make(ScheduleSpec given)
    {
        var spec = new ScheduleSpec { StartTime = given.StartTime, EndTime = given.EndTime, Jitter = given.Jitter, TimezoneName = given.TimezoneName };
        spec.StructuredCalendar.Add(given.StructuredCalendar.Select(Explicit));
        spec.StructuredCalendar.Add(given.Calendar.Select(FromTexts));
        spec.ExcludeStructuredCalendar.Add(given.ExcludeStructuredCalendar.Select(Explicit));
#pragma warning disable CS0612 // old clients may still send it
        spec.ExcludeStructuredCalendar.Add(given.ExcludeCalendar.Select(FromTexts));
#pragma warning restore CS0612
        spec.Interval.Add(given.Interval.Select(Checked));
        foreach (var cron in given.CronString)
        {
            AddCron(spec, cron);
        }

        if (!given.TimezoneData.IsEmpty)
        {
            throw new FormatException("timezone_data is not supported, use timezone_name");
        }

        _ = Zone(spec.TimezoneName);
        return spec;
    }

    private static StructuredCalendarSpec Explicit(StructuredCalendarSpec given)
    {
        try
        {
            var calendar = new StructuredCalendarSpec { Comment = given.Comment };
            calendar.Second.Add(given.Second.Select(CalendarField.Second.Explicit));
            calendar.Minute.Add(given.Minute.Select(CalendarField.Minute.Explicit));
            calendar.Hour.Add(given.Hour.Select(CalendarField.Hour.Explicit));
            calendar.DayOfMonth.Add(given.DayOfMonth.Select(CalendarField.DayOfMonth.Explicit));
            calendar.Month.Add(given.Month.Select(CalendarField.Month.Explicit));
            calendar.Year.Add(given.Year.Select(CalendarField.Year.Explicit));
            calendar.DayOfWeek.Add(given.DayOfWeek.Select(CalendarField.DayOfWeek.Explicit));
            return calendar;
        }
        catch (FormatException e)
        {
            throw new FormatException("invalid calendar spec: " + e.Message, e);
        }
    }

    private static StructuredCalendarSpec FromTexts(CalendarSpec given)
    {
        var calendar = new StructuredCalendarSpec { Comment = given.Comment };
        calendar.Second.Add(Parse(CalendarField.Second, given.Second, "0"));
        calendar.Minute.Add(Parse(CalendarField.Minute, given.Minute, "0"));
        calendar.Hour.Add(Parse(CalendarField.Hour, given.Hour, "0"));
        calendar.DayOfMonth.Add(Parse(CalendarField.DayOfMonth, given.DayOfMonth, "*"));
        calendar.Month.Add(Parse(CalendarField.Month, given.Month, "*"));
        calendar.DayOfWeek.Add(Parse(CalendarField.DayOfWeek, given.DayOfWeek, "*"));
        if (given.Year is not ("" or "*"))
        {
            calendar.Year.Add(CalendarField.Year.Parse(given.Year));   // no year at all is every year
        }

        return calendar;
    }

    private static IEnumerable<ScheduleRange> Parse(CalendarField field, string text, string otherwise) => field.Parse(text.Length == 0 ? otherwise : text);

    private static IntervalSpec Checked(IntervalSpec given) => Interval(given.Interval.OrZero(), given.Phase.OrZero(), given.Phase is not null);

    private static IntervalSpec Interval(TimeSpan interval, TimeSpan phase, bool hasPhase)
    {
        if (interval < TimeSpan.FromSeconds(1))
        {
            throw new FormatException("interval is too small");
        }

        if (phase < TimeSpan.Zero)
        {
            throw new FormatException("phase is negative");
        }

        return phase < interval
            ? new() { Interval = Duration.FromTimeSpan(interval), Phase = hasPhase && phase > TimeSpan.Zero ? Duration.FromTimeSpan(phase) : null }
            : throw new FormatException("phase cannot be greater than Interval");
    }

    private static void AddCron(ScheduleSpec spec, string cron)
    {
        var text = cron.Trim();
        foreach (var prefix in (string[])[TimeZonePrefix, OtherTimeZonePrefix])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                var (zone, rest) = Split(text[prefix.Length..], ' ');
                SetZone(spec, zone);
                text = rest;
            }
        }

        (text, var comment) = Split(text, '#');
        if (text.StartsWith(EveryPrefix, StringComparison.Ordinal))
        {
            var (interval, phase) = Split(text[EveryPrefix.Length..], '/');
            spec.Interval.Add(Interval(GoTime(interval), phase.Length == 0 ? TimeSpan.Zero : GoTime(phase), phase.Length > 0));
            return;
        }

        spec.StructuredCalendar.Add(FromTexts(Fields(text, comment)));
    }

    private static void SetZone(ScheduleSpec spec, string zone)
    {
        if (spec.TimezoneName.Length > 0 && spec.TimezoneName != zone)
        {
            throw new FormatException("conflicting time zones in one schedule");
        }

        spec.TimezoneName = zone;
    }

    private static CalendarSpec Fields(string text, string comment)
    {
        var fields = (text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => text,
        }).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields switch
        {
            [var minute, var hour, var day, var month, var weekday] =>
                new() { Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Comment = comment },
            [var minute, var hour, var day, var month, var weekday, var year] =>
                new() { Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year, Comment = comment },
            [var second, var minute, var hour, var day, var month, var weekday, var year] =>
                new() { Second = second, Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year, Comment = comment },
            _ => throw new FormatException("CronString does not have 5-7 fields"),
        };
    }

    private static TimeSpan GoTime(string text) => GoDuration.TryParse(text, out var nanoseconds)
        ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new FormatException($"'{text}' is not a duration");

    private static (string Before, string After) Split(string text, char at) => text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var index
        ? (text[..index].Trim(), text[(index + 1)..].Trim())
        : (text.Trim(), "");
}
