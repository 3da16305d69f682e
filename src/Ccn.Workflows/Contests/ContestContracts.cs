using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Contests;

/// <summary>Input of <c>Contest</c> (<c>contest/{contestId}</c>). Ballots are rows, never events: the workflow holds the clock, the entries and the frozen result.</summary>
/// <param name="Zone">IANA zone in which its deadlines are worded.</param>
/// <param name="Times">Null where each phase is as long as the rules say, by the clock.</param>
public sealed record ContestInput(string ContestId, string OpenedBy, string Title, string Brief, string Category, ContestRules Rules, DateTimeOffset OpensAt,
    string Zone = "UTC", ContestTimes? Times = null);

/// <summary>When the phases end, as the contest's own calendar has it. Zones are data that changes, so they are not computed with in a workflow.</summary>
public sealed record ContestTimes(DateTimeOffset SubmissionsCloseAt, DateTimeOffset VotingOpensAt, DateTimeOffset VotingClosesAt, DateTimeOffset DecidedAt);

/// <summary>Signal <c>enter</c> from a design; answered by the signal <c>entryDecided</c> to <c>design/{DesignId}</c>.</summary>
public sealed record ContestEntry(string DesignId, string CreatorId, string DesignVersionHash);
/// <summary>Signal <c>withdrawEntry</c> from a design that its creator withdrew: it is left out of the tally.</summary>
public sealed record ContestEntryWithdrawn(string DesignId);
/// <summary>Update <c>Cancel</c> by an admin, before the decision.</summary>
public sealed record CancelContest(string AdminId, string Reason);

public sealed record ContestResult(string ContestId, string? WinnerDesignId, string? TallyHash);

public interface IContestActivities
{
    /// <summary>Freezes the ballots of a contest (none is taken afterwards), hashes the canonical ballot file and ranks the entries. The same call again gives the same answer.</summary>
    [Activity("Contests.FreezeAndTally")]
    Task<ContestTally> FreezeAndTallyAsync(TallyInput input);

    /// <summary>The final ranking after the fraud hold: voided ballots are left out, with their reasons kept.</summary>
    [Activity("Contests.Decide")]
    Task<ContestTally> DecideAsync(TallyInput input);
}

/// <param name="Seed">Draws the ties.</param>
public sealed record TallyInput(string ContestId, IReadOnlyList<ContestEntry> Entries, string Seed = "");
public sealed record ContestTally(string TallyHash, int Ballots, IReadOnlyList<ContestRank> Ranking);
