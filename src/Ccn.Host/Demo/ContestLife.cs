using Ccn.Domain.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>A challenge of the demo history: its entries, the votes, and the life of the winner after it.</summary>
internal sealed class ContestLife(Story story, ContestPlan plan)
{
    private static readonly int[][] Scores = [[5, 4, 5, 4, 5], [4, 3, 4, 3], [3, 3, 4, 2], [2, 3, 3, 1], [3, 2, 2, 4], [1, 3, 2, 2]];

    private readonly Cast cast = story.World.Cast;

    public async Task LiveAsync(Func<DesignPlan, Story> tell)
    {
        var entries = new List<(DesignPlan Plan, Story Story, string DesignId)>();
        foreach (var entry in plan.Entries)
        {
            var own = tell(entry);
            entries.Add((entry, own, await own.SubmitAsync(cast[entry.Creator], entry.Design)));
        }

        foreach (var (entry, own, designId) in entries) { await own.ReachesAsync(cast[entry.Creator], designId, TimeSpan.FromDays(1), [.. Enum.GetValues<DesignStage>().Where(stage => stage is not DesignStage.Submitted)]); }

        var contestId = await story.OpenContestAsync(plan.Title, plan.Brief, plan.Category, null);
        foreach (var (entry, own, designId) in entries)
        {
            await story.PassAsync(TimeSpan.FromHours(7));
            await own.EnterContestAsync(cast[entry.Creator], designId, contestId);
        }

        if (!plan.Votes) { return; }

        await story.VotingOpensAsync(contestId);
        await story.PassAsync(TimeSpan.FromHours(11));
        await story.VoteAsync(contestId, cast.Members, entries.Select((entry, index) => (entry.DesignId, Scores: Scores[index % Scores.Length])).ToDictionary(entry => entry.DesignId, entry => entry.Scores, StringComparer.Ordinal));
        if (plan.Entries[0].Goal is LifeGoal.Published) { return; }   // the votes are still out

        await story.DecidedAsync(contestId);
        var winner = entries[0];
        await winner.Story.ReachesAsync(cast[winner.Plan.Creator], winner.DesignId, TimeSpan.FromDays(2), DesignStage.OpenToBids, DesignStage.Licensing, DesignStage.Licensed, DesignStage.Sourcing, DesignStage.InProduction, DesignStage.Listed, DesignStage.Selling);
        await new DesignLife(winner.Story, winner.Plan).AfterBiddingOpenedAsync(winner.DesignId);
    }
}
