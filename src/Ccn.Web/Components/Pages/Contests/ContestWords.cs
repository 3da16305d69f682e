using System.Globalization;
using Ccn.Api.Contests;
using Ccn.Web.Components.Parts;

namespace Ccn.Web.Components.Pages.Contests;

/// <summary>One phase of a contest.</summary>
/// <param name="Ends">When the next one begins by itself.</param>
public sealed record ContestStep(string Name, string What, DateTimeOffset? Starts, DateTimeOffset? Ends)
{
    public bool IsOver(DateTimeOffset now) => Ends <= now;

    public bool IsNow(DateTimeOffset now) => Starts <= now && Ends > now;
}

/// <summary>Contests in the words that people read.</summary>
internal static class ContestWords
{
    /// <summary>An instant as the clocks of the contest's zone show it, with the zone's distance from UTC on that day.</summary>
    public static string Local(DateTimeOffset at, string zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var distance = there.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(there.Offset < TimeSpan.Zero ? "−" : "+")}{there.Offset:h\\:mm}");
        return $"{there.ToString("ddd d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture)} ({(zone is "UTC" ? "UTC" : $"{zone}, {distance}")})";
    }

    public static IReadOnlyList<ContestStep> Steps(ContestSummary contest) =>
    [
        new("Submissions", "Creators enter their designs.", contest.OpensAt, contest.SubmissionsCloseAt),
        new("Critique", "Comments help before the vote.", contest.SubmissionsCloseAt, contest.VotingOpensAt),
        new("Voting", "Every member scores each entry, blind.", contest.VotingOpensAt, contest.VotingClosesAt),
        new("Checks", "Ballots are frozen and checked.", contest.VotingClosesAt, contest.DecidesAt),
    ];

    /// <summary>The next moment that matters, and what it is.</summary>
    public static (string Text, DateTimeOffset? Until) Next(ContestSummary contest, DateTimeOffset now) => contest switch
    {
        { Phase: "Decided" } => ("Decided", null),
        { Phase: "Canceled" } => ("Called off", null),
        { OpensAt: { } at } when now < at => ("Opens", at),
        { SubmissionsCloseAt: { } at } when now < at => ("Submissions close", at),
        { VotingOpensAt: { } at } when now < at => ("Voting opens", at),
        { VotingClosesAt: { } at } when now < at => ("Voting closes", at),
        { DecidesAt: { } at } => ("The winner is named", at),
        _ => (contest.Phase, null),
    };

    /// <summary>How far it is from opening to decision, in percent.</summary>
    public static int Progress(ContestSummary contest, DateTimeOffset now) =>
        contest is { OpensAt: { } from, DecidesAt: { } to } && to > from ? (int)Math.Clamp(100 * ((now - from) / (to - from)), 0, 100) : 0;

    public static string Entries(ContestSummary contest) => contest.Entries == 1 ? "1 entry" : $"{Words.Of(contest.Entries)} entries";

    public static string Place(int rank) => rank.ToString(CultureInfo.InvariantCulture) + (rank % 100 is >= 11 and <= 13 ? "th" : (rank % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
