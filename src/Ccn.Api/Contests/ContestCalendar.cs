using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Contests;

namespace Ccn.Api.Contests;

/// <summary>When a contest's phases end. Days are those of the contest's zone: a week that the clocks change in has 167 or 169 hours and still ends at the same time of day.</summary>
public static class ContestCalendar
{
    /// <param name="opensAt">Any offset.</param>
    public static ContestTimes Of(ContestRules rules, DateTimeOffset opensAt, TimeZoneInfo zone)
    {
        var submissions = After(opensAt, rules.Submissions, zone);
        var critique = After(submissions, rules.Critique, zone);
        var voting = After(critique, rules.Voting, zone);
        return new(submissions, critique, voting, After(voting, rules.FraudHold, zone));
    }

    // Whole days by the calendar, what is left by the clock.
    private static DateTimeOffset After(DateTimeOffset from, TimeSpan length, TimeZoneInfo zone) => From(TimeZoneInfo.ConvertTime(from, zone).DateTime.AddDays(length.Days), zone) + (length - TimeSpan.FromDays(length.Days));

    private static DateTimeOffset From(DateTime local, TimeZoneInfo zone)
    {
        // A time that the clocks jump over is the same number of hours after midnight all the same; one that comes twice is its first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
