using System.Globalization;
using ScheduleRange = Temporalio.Api.Schedule.V1.Range;

namespace Ccn.TemporalServer.Schedules;

/// <summary>One field of a calendar: its limits, its names, and its ranges as text and as numbers.</summary>
internal sealed class CalendarField
{
    public static readonly CalendarField Second = new("Second", 0, 59);
    public static readonly CalendarField Minute = new("Minute", 0, 59);
    public static readonly CalendarField Hour = new("Hour", 0, 23);
    public static readonly CalendarField DayOfMonth = new("DayOfMonth", 1, 31);
    public static readonly CalendarField Month = new(
        "Month", 1, 12, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december");
    public static readonly CalendarField Year = new("Year", 2000, 2100);
    public static readonly CalendarField DayOfWeek = new("DayOfWeek", 0, 6, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    private const int ShortestName = 3;
    private const int SundayAgain = 7;

    private readonly string[] names;

    private CalendarField(string name, int low, int high, params string[] names) => (Name, Low, High, this.names) = (name, low, high, names);

    /// <summary>Name in refusals.</summary>
    public string Name { get; }

    /// <summary>Least value.</summary>
    public int Low { get; }

    /// <summary>Greatest value.</summary>
    public int High { get; }

    /// <summary>Reads <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/15</c>, <c>mon,wed</c> and combinations of them.</summary>
    /// <exception cref="FormatException">It cannot be read, or is out of range.</exception>
    public IEnumerable<ScheduleRange> Parse(string text)
    {
        foreach (var part in text.Split(','))
        {
            var stepped = part.Split('/');
            var step = stepped.Length == 1 ? 1 : int.TryParse(stepped[1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
                ? given
                : throw new FormatException($"{Name} has invalid step");
            var range = stepped[0].Split('-');
            var (start, end) =
                stepped[0] is "*" or "?" ? (Low, High)
                : range.Length == 2 ? (Value(range[0]), Value(range[1]))
                : (Value(range[0]), stepped.Length > 1 ? High : Value(range[0]));
            if (this == DayOfWeek && end == SundayAgain)
            {
                foreach (var days in WithSunday(start, step))
                {
                    yield return days;
                }

                continue;
            }

            Check(start, "");
            Check(end, "");
            if (end < start || stepped.Length > 2 || range.Length > 2)
            {
                throw new FormatException($"{Name} has an invalid range");
            }

            yield return new() { Start = start, End = end, Step = step };
        }
    }

    /// <summary>A range with everything said: an end below the start means the start alone, and a step is at least 1.</summary>
    /// <exception cref="FormatException">It is out of range.</exception>
    public ScheduleRange Explicit(ScheduleRange range)
    {
        Check(range.Start, " Start");
        var end = range.End < range.Start ? range.Start : range.End;
        Check(end, " End");
        return range.Step < 0 ? throw new FormatException($"{Name} has invalid step") : new() { Start = range.Start, End = end, Step = Math.Max(1, range.Step) };
    }

    private void Check(int value, string what)
    {
        if (value < Low || value > High)
        {
            throw new FormatException($"{Name}{what} is not in range [{Low}-{High}]");
        }
    }

    private int Value(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var at = text.Length < ShortestName ? -1 : Array.FindIndex(names, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at + Low : throw new FormatException($"{Name} is not in range [{Low}-{High}]");
    }

    /// <summary>Days up to 7, which is Sunday once more.</summary>
    private static IEnumerable<ScheduleRange> WithSunday(int start, int step)
    {
        if (start < SundayAgain)
        {
            var last = SundayAgain - 1 - ((SundayAgain - 1 - start) % step);
            yield return new() { Start = start, End = last, Step = step };
        }

        if ((SundayAgain - start) % step == 0)
        {
            yield return new() { Start = 0, End = 0, Step = 1 };
        }
    }
}
