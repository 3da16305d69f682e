using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Contests;

/// <summary>Contests, their entries and the badges they gave.</summary>
internal static class ContestProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case ContestOpened opened:
                Open(await RowAsync(db, opened.ContestId, cancel), opened);

                // A fact of its own: it stays when the projections are made anew.
                await db.Database.ExecuteSqlAsync($"""
                    insert into ballot_boxes (contest_id, opens_at, closes_at)
                    values ({opened.ContestId}, {opened.VotingOpensAt.ToUniversalTime()}, {opened.VotingClosesAt.ToUniversalTime()}) on conflict do nothing
                    """, cancel);
                break;
            case ContestPhaseChanged changed:
            {
                var contest = await RowAsync(db, changed.ContestId, cancel);
                if (e.Stamp.Follows(contest.PhaseStamp)) { (contest.PhaseStamp, contest.Phase) = (e.Stamp, changed.Phase); }

                break;
            }

            case ContestEntered entered when e.DesignId is not null:
            {
                var entry = await EntryAsync(db, entered.ContestId, e.DesignId, cancel);
                (entry.CreatorId, entry.DesignVersionHash, entry.EnteredAt) = (entered.CreatorId, entered.DesignVersionHash, e.OccurredAt);
                break;
            }

            case ContestTallied tallied:
                await RankAsync(db, tallied, e, cancel);
                break;
            case ContestDecided decided:
            {
                var contest = await RowAsync(db, decided.ContestId, cancel);
                if (e.Stamp.Follows(contest.DecisionStamp))
                {
                    (contest.DecisionStamp, contest.DecidedAt, contest.WinnerDesignId) = (e.Stamp, e.OccurredAt, decided.WinnerDesignId);
                }

                break;
            }

            case BadgeAwarded awarded:
            {
                var badge = await db.Badges.RowAsync(() => new() { CreatorId = awarded.CreatorId, ContestId = awarded.ContestId, Badge = awarded.Badge },
                    cancel, awarded.CreatorId, awarded.ContestId, awarded.Badge);
                (badge.DesignId, badge.AwardedAt) = (e.DesignId, e.OccurredAt);
                break;
            }
        }
    }

    private static void Open(ContestView contest, ContestOpened opened)
    {
        (contest.Title, contest.Brief, contest.Category, contest.Rules) = (opened.Title, opened.Brief, opened.Category, opened.Rules);
        contest.Zone = opened.Zone;
        (contest.OpensAt, contest.SubmissionsCloseAt) = (opened.OpensAt.ToUniversalTime(), opened.SubmissionsCloseAt.ToUniversalTime());
        (contest.VotingOpensAt, contest.VotingClosesAt) = (opened.VotingOpensAt.ToUniversalTime(), opened.VotingClosesAt.ToUniversalTime());
        contest.DecidesAt = opened.DecidedAt.ToUniversalTime();
    }

    /// <summary>The newest tally decides all ranks; an entry it does not name has none.</summary>
    private static async Task RankAsync(CcnDbContext db, ContestTallied tallied, StoredEvent e, CancellationToken cancel)
    {
        var contest = await RowAsync(db, tallied.ContestId, cancel);
        if (!e.Stamp.Follows(contest.TallyStamp)) { return; }

        (contest.TallyStamp, contest.TalliedAt, contest.TallyHash, contest.Ballots) = (e.Stamp, e.OccurredAt, tallied.TallyHash, tallied.Ballots);
        await db.ContestEntries.Where(entry => entry.ContestId == tallied.ContestId).LoadAsync(cancel);
        foreach (var entry in db.ContestEntries.Local.Where(entry => entry.ContestId == tallied.ContestId))
        {
            (entry.Rank, entry.Score, entry.Ballots, entry.Reason) = (null, null, null, null);
        }

        foreach (var rank in tallied.Ranking)
        {
            var entry = await EntryAsync(db, tallied.ContestId, rank.DesignId, cancel);
            if (entry.EnteredAt is null) { entry.CreatorId = rank.CreatorId; }

            (entry.Rank, entry.Score, entry.Ballots, entry.Reason) = (rank.Rank, rank.Score, rank.Ballots, rank.Reason);
        }
    }

    private static ValueTask<ContestView> RowAsync(CcnDbContext db, string contestId, CancellationToken cancel) =>
        db.Contests.RowAsync(() => new() { Id = contestId }, cancel, contestId);

    private static ValueTask<ContestEntryView> EntryAsync(CcnDbContext db, string contestId, string designId, CancellationToken cancel) =>
        db.ContestEntries.RowAsync(() => new() { ContestId = contestId, DesignId = designId }, cancel, contestId, designId);
}
