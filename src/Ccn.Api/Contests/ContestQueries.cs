using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Contests;
using Ccn.Domain.Events;
using Ccn.Workflows.Contests;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Contests;

/// <param name="Phase">Scheduled, Submissions, Critique, Voting, FraudHold, Decided or Canceled.</param>
public sealed record ContestSummary(string ContestId, string Title, string Category, string Phase, DateTimeOffset? OpensAt, DateTimeOffset? SubmissionsCloseAt, DateTimeOffset? VotingOpensAt,
    DateTimeOffset? VotingClosesAt, DateTimeOffset? DecidesAt, int Entries, string? WinnerDesignId, string Zone);

/// <param name="TallyHash">SHA-256 of the frozen ballot file; null until the close.</param>
/// <param name="SeedSha256">SHA-256 (hex) of the seed that draws ties: on record since before the first entry.</param>
/// <param name="Seed">The seed itself; null until the contest is decided.</param>
public sealed record ContestDetail(ContestSummary Contest, string Brief, string? TallyHash, IReadOnlyList<EntryView> Entries, string? SeedSha256 = null, string? Seed = null);

/// <summary>An entry. Rank, score and counts stay null on every path until the contest is decided.</summary>
public sealed record EntryView(string DesignId, string CreatorId, int? Rank, double? Score, int? Ballots, string? Reason);

/// <summary>Everything that is needed to count again: the frozen ballots by pseudonymous member, void ones with their reason.</summary>
public sealed record Recount(string ContestId, string TallyHash, IReadOnlyList<RecountBallot> Ballots);
public sealed record RecountBallot(string DesignId, string MemberId, int Score, DateTimeOffset CastAt, string? VoidReason);

/// <summary>A design in a contest, with what the reader may do about it.</summary>
/// <param name="Entry">Figures are null until the contest is decided.</param>
/// <param name="MyScore">The reader's own ballot; null without one.</param>
/// <param name="WhyNot">Why the reader cannot vote now, in plain words; null when they can.</param>
public sealed record Participation(ContestSummary Contest, EntryView Entry, int? MyScore, string? WhyNot);

public sealed class ContestQueries(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    public async Task<IReadOnlyList<ContestSummary>> ListAsync(CancellationToken cancel) =>
        await Summaries(db.Contests.OrderByDescending(contest => contest.OpensAt).ThenBy(contest => contest.Id).Take(200)).ToListAsync(cancel);

    public async Task<ContestDetail> GetAsync(string contestId, CancellationToken cancel)
    {
        var summary = await Summaries(db.Contests.Where(row => row.Id == contestId)).SingleOrDefaultAsync(cancel) ?? throw ProblemException.NotFound("contest");
        var contest = await db.Contests.AsNoTracking().SingleAsync(row => row.Id == contestId, cancel);
        var rows = await db.ContestEntries.AsNoTracking().Where(entry => entry.ContestId == contestId).ToListAsync(cancel);

        // Blind while members vote: another order for each reader and day, so that no place is a better one, and no figures.
        var decided = contest.DecidedAt is not null;
        var seed = $"{(user.IsSignedIn ? user.Id : "")}{clock.GetUtcNow():yyyyMMdd}";
        var entries = decided
            ? rows.OrderBy(entry => entry.Rank).ThenBy(entry => entry.DesignId, StringComparer.Ordinal)
            : rows.OrderBy(entry => Requests.RequestHash.Of(seed + entry.DesignId), StringComparer.Ordinal);
        var facts = await FactsAsync(contestId, cancel);
        return new(summary, contest.Brief, contest.TallyHash, [.. entries.Select(entry => Shown(entry, decided))],
            facts.OfType<ContestOpened>().FirstOrDefault()?.SeedSha256, decided ? facts.OfType<ContestTallied>().FirstOrDefault()?.Seed : null);
    }

    /// <summary>The contest whose next deadline comes first: the one that takes entries or votes.</summary>
    public async Task<ContestSummary?> NextToCloseAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var open = await Summaries(db.Contests.Where(contest => contest.DecidedAt == null && contest.OpensAt <= now && contest.VotingClosesAt > now && contest.Phase != "Canceled")
            .OrderBy(contest => contest.SubmissionsCloseAt > now ? contest.SubmissionsCloseAt : contest.VotingClosesAt).ThenBy(contest => contest.Id).Take(1)).ToListAsync(cancel);
        return open.FirstOrDefault();
    }

    /// <summary>The contests that a design was entered in, the newest first.</summary>
    public async Task<IReadOnlyList<Participation>> OfDesignAsync(string designId, CancellationToken cancel)
    {
        var reader = user.IsSignedIn ? user.Id : null;
        var entries = await db.ContestEntries.AsNoTracking().Where(entry => entry.DesignId == designId).OrderByDescending(entry => entry.EnteredAt).ToListAsync(cancel);
        if (entries.Count == 0) { return []; }

        var ids = entries.Select(entry => entry.ContestId).ToArray();
        var contests = await Summaries(db.Contests.Where(contest => ids.Contains(contest.Id))).ToDictionaryAsync(contest => contest.ContestId, StringComparer.Ordinal, cancel);
        var mine = await db.Ballots.AsNoTracking().Where(ballot => ballot.DesignId == designId && ballot.MemberId == reader && ids.Contains(ballot.ContestId)).ToDictionaryAsync(ballot => ballot.ContestId, ballot => (int)ballot.Score, StringComparer.Ordinal, cancel);
        return [.. entries.Where(entry => contests.ContainsKey(entry.ContestId)).Select(entry =>
        {
            var contest = contests[entry.ContestId];
            return new Participation(contest, Shown(entry, contest.Phase == "Decided"), mine.TryGetValue(entry.ContestId, out var score) ? score : null, WhyNot(contest, entry.CreatorId, reader));
        })];
    }

    /// <summary>The reader's own scores in a contest, by design; none for visitors.</summary>
    public async Task<IReadOnlyDictionary<string, int>> MyBallotsAsync(string contestId, CancellationToken cancel)
    {
        var reader = user.IsSignedIn ? user.Id : null;
        return await db.Ballots.AsNoTracking().Where(ballot => ballot.ContestId == contestId && ballot.MemberId == reader).ToDictionaryAsync(ballot => ballot.DesignId, ballot => (int)ballot.Score, StringComparer.Ordinal, cancel);
    }

    // The seed stands where it was first written down, not in a copy.
    private async Task<IReadOnlyList<EventData>> FactsAsync(string contestId, CancellationToken cancel)
    {
        var workflowId = ContestWorkflow.IdFor(contestId);
        string[] ids = [$"{workflowId}:opened", $"{workflowId}:tallied"];
        return await db.BusinessEvents.AsNoTracking().Where(row => ids.Contains(row.EventId)).Select(row => row.Data).ToListAsync(cancel);
    }

    private string? WhyNot(ContestSummary contest, string creatorId, string? reader)
    {
        var now = clock.GetUtcNow();
        return contest switch
        {
            { Phase: "Canceled" } => "The contest was called off.",
            { Phase: "Decided" } => "The contest is decided.",
            { VotingOpensAt: { } opens } when now < opens => "Voting has not begun.",
            { VotingClosesAt: { } closes } when now >= closes => "Voting is over; the ballots are being checked.",
            _ when reader is null => "Sign in to vote.",
            _ when reader == creatorId => "Nobody votes on their own design.",
            _ => null,
        };
    }

    // Blind while members vote.
    private static EntryView Shown(ContestEntryView entry, bool decided) =>
        decided ? new(entry.DesignId, entry.CreatorId, entry.Rank, entry.Score, entry.Ballots, entry.Reason) : new(entry.DesignId, entry.CreatorId, null, null, null, null);

    public async Task<Recount> RecountAsync(string contestId, CancellationToken cancel)
    {
        var contest = await db.Contests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == contestId, cancel) ?? throw ProblemException.NotFound("contest");
        if (contest.DecidedAt is null || contest.TallyHash is null) { throw new ProblemException(ProblemCode.NotDecided, "Ballots are shown once the contest is decided."); }

        var ballots = await db.Ballots.AsNoTracking().Where(ballot => ballot.ContestId == contestId).OrderBy(ballot => ballot.DesignId).ThenBy(ballot => ballot.MemberId).ToListAsync(cancel);
        return new(contestId, contest.TallyHash, [.. ballots.Select(ballot => new RecountBallot(ballot.DesignId, ballot.MemberId, ballot.Score, ballot.CastAt, ballot.VoidReason))]);
    }

    // Filter and order come before: a record made by its constructor cannot be asked in SQL.
    private IQueryable<ContestSummary> Summaries(IQueryable<ContestView> rows) => rows.AsNoTracking().Select(contest => new ContestSummary(contest.Id, contest.Title, contest.Category, contest.DecidedAt == null ? contest.Phase : "Decided", contest.OpensAt, contest.SubmissionsCloseAt,
        contest.VotingOpensAt, contest.VotingClosesAt, contest.DecidesAt, db.ContestEntries.Count(entry => entry.ContestId == contest.Id), contest.DecidedAt == null ? null : contest.WinnerDesignId, contest.Zone));
}
