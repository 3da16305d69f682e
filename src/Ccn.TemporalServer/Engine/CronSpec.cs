using System.Globalization;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// A cron schedule of a workflow: five fields (minute, hour, day, month, weekday), <c>@every 90s</c>, or <c>@hourly</c>,
/// <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>; a leading <c>CRON_TZ=Zone</c> moves it out of UTC.
/// </summary>
internal sealed class CronSpec
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly TimeSpan? every;
    private readonly TimeZoneInfo zone = TimeZoneInfo.Utc;
    private readonly long minutes;
    private readonly long hours;
    private readonly long days;
    private readonly long months;
    private readonly long weekdays;
    private readonly bool anyDay;
    private readonly bool anyWeekday;

    private CronSpec(TimeSpan every) => this.every = every;

    private CronSpec(string[] fields, TimeZoneInfo zone)
    {
        this.zone = zone;
        minutes = ParseField(fields[0], 0, 59, []);
        hours = ParseField(fields[1], 0, 23, []);
        days = ParseField(fields[2], 1, 31, []);
        months = ParseField(fields[3], 1, 12, Months);
        weekdays = ParseField(fields[4], 0, 7, Weekdays);
        weekdays |= (weekdays >> 7) & 1;   // 7 is Sunday too
        (anyDay, anyWeekday) = (fields[2] is "*" or "?", fields[4] is "*" or "?");
    }

    /// <summary>Reads a schedule; refuses a bad one.</summary>
    public static CronSpec Parse(string text)
    {
        try
        {
            return ParseCore(text.Trim());
        }
        catch (Exception e) when (e is FormatException or OverflowException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw Refusal.Invalid("invalid CronSchedule.");
        }
    }

    /// <summary>Time from <paramref name="now"/> to the next run. <c>@every</c> counts from the start of the run before.</summary>
    public TimeSpan Wait(DateTimeOffset started, DateTimeOffset now)
    {
        if (every is { } interval)
        {
            var elapsed = now - started;
            var periods = elapsed <= TimeSpan.Zero ? 1 : (elapsed.Ticks / interval.Ticks) + 1;
            return WholeSeconds(started + (interval * periods) - now);
        }

        return WholeSeconds(Next(now) - now);
    }

    /// <summary>Backoffs are whole seconds, rounded up.</summary>
    private static TimeSpan WholeSeconds(TimeSpan wait) => TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));

    private static CronSpec ParseCore(string text)
    {
        var place = TimeZoneInfo.Utc;
        foreach (var prefix in (string[])["CRON_TZ=", "TZ="])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                var end = text.IndexOf(' ', StringComparison.Ordinal);
                place = TimeZoneInfo.FindSystemTimeZoneById(text[prefix.Length..end]);
                text = text[(end + 1)..].Trim();
            }
        }

        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            var interval = ParseInterval(text["@every ".Length..].Trim());
            return interval >= TimeSpan.FromSeconds(1) ? new(interval) : throw new FormatException();
        }

        var fields = (text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => text,
        }).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? new(fields, place) : throw new FormatException();
    }

    /// <summary>Durations as Go writes them: <c>1h30m</c>, <c>500ms</c>, <c>2.5s</c>.</summary>
    private static TimeSpan ParseInterval(string text)
    {
        var total = TimeSpan.Zero;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) { at++; }
            var number = double.Parse(text[start..at], CultureInfo.InvariantCulture);
            start = at;
            while (at < text.Length && char.IsAsciiLetter(text[at])) { at++; }
            total += text[start..at] switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                "ms" => TimeSpan.FromMilliseconds(number),
                _ => throw new FormatException(),
            };
        }

        return total;
    }

    private static long ParseField(string field, int low, int high, string[] names)
    {
        var bits = 0L;
        foreach (var part in field.Split(','))
        {
            var stepped = part.Split('/');
            var step = stepped.Length == 1 ? 1 : Number(stepped[1], [], 0);
            var (from, to) = (low, low == 0 && high == 7 ? 6 : high);
            if (stepped[0] is not ("*" or "?"))
            {
                var range = stepped[0].Split('-');
                from = Number(range[0], names, low);
                to = range.Length == 2 ? Number(range[1], names, low) : stepped.Length == 2 ? to : from;
            }

            if (from < low || to > high || from > to || step < 1 || stepped.Length > 2)
            {
                throw new FormatException();
            }

            for (var value = from; value <= to; value += step)
            {
                bits |= 1L << value;
            }
        }

        return bits;
    }

    private static int Number(string text, string[] names, int first)
    {
        var name = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? name + first : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Walks by days, then by minutes of the day that fits; a spec that never fits (30 February) ends after five years.</summary>
    private DateTimeOffset Next(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        for (var limit = minute.AddYears(5); minute < limit;)
        {
            if (!FitsDay(minute))
            {
                minute = minute.Date.AddDays(1);
            }
            else if (Has(hours, minute.Hour) && Has(minutes, minute.Minute) && !zone.IsInvalidTime(minute))
            {
                var due = new DateTimeOffset(minute, zone.GetUtcOffset(minute)).ToUniversalTime();
                if (due > now)
                {
                    return due;
                }

                minute = minute.AddMinutes(1);
            }
            else
            {
                minute = minute.AddMinutes(1);
            }
        }

        throw Refusal.Invalid("invalid CronSchedule.");
    }

    /// <summary>Day and weekday: if both are given, either may fit (the rule of cron).</summary>
    private bool FitsDay(DateTime day)
    {
        var fitsDay = Has(days, day.Day);
        var fitsWeekday = Has(weekdays, (int)day.DayOfWeek);
        return Has(months, day.Month) && (anyDay || anyWeekday ? fitsDay && fitsWeekday : fitsDay || fitsWeekday);
    }

    private static bool Has(long bits, int value) => ((bits >> value) & 1) == 1;
}
