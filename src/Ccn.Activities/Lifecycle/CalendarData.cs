using System.Globalization;
using System.Text.Json;
using Ccn.Domain.Lifecycle;

namespace Ccn.Activities.Lifecycle;

/// <summary>The business calendars that come with the product; NOTICE.md beside the data names the sources.</summary>
internal sealed class CalendarData
{
    private static readonly Lazy<CalendarData> Shared = new(Read);

    private readonly Dictionary<string, BusinessCalendar> calendars;
    private readonly int fromYear;
    private readonly int toYear;

    private CalendarData(CalendarFile file)
    {
        (fromYear, toYear) = (file.FromYear, file.ToYear);
        calendars = file.Calendars.ToDictionary(c => c.Key, c => new BusinessCalendar(c.Key, Days(c.Value.Holidays), Days(c.Value.WorkingWeekends)), StringComparer.Ordinal);
    }

    public static CalendarData Default => Shared.Value;

    /// <summary>The calendar of a name; <c>24x7</c> counts every hour.</summary>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">Unknown: a guess would make wrong deadlines.</exception>
    public BusinessCalendar Find(string name) => name == BusinessCalendar.AllHours.Name
        ? BusinessCalendar.AllHours
        : calendars.GetValueOrDefault(name) ?? throw ActivityFailures.Invalid($"There is no business calendar '{name}'. Known: {string.Join(", ", calendars.Keys.Order(StringComparer.Ordinal))}, 24x7.");

    /// <summary>Refuses instants whose holidays are not in the data: outside, every holiday would count as a working day.</summary>
    public void RequireCovered(BusinessCalendar calendar, DateTimeOffset at)
    {
        if (calendar.Name != BusinessCalendar.AllHours.Name && (at.Year < fromYear || at.Year > toYear))
        {
            throw ActivityFailures.Invalid(string.Create(CultureInfo.InvariantCulture, $"The calendar '{calendar.Name}' covers {fromYear} to {toYear}, not {at:yyyy-MM-dd}."));
        }
    }

    private static HashSet<DateOnly> Days(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    private static CalendarData Read()
    {
        using var stream = typeof(CalendarData).Assembly.GetManifestResourceStream("holidays.json")!;
        return new(JsonSerializer.Deserialize<CalendarFile>(stream, JsonSerializerOptions.Web)!);
    }

    private sealed record CalendarFile(int FromYear, int ToYear, Dictionary<string, CalendarDays> Calendars);

    private sealed record CalendarDays(string Holidays, string WorkingWeekends);
}
