using Ccn.Data.Contests;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Ccn.Workflows.Contests;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Contests;

public sealed class ContestActivitiesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_tally_is_the_same_again_even_after_a_void_and_the_decision_leaves_the_void_out()
    {
        var (contest, first, second, now) = (world.NewId("ctt"), world.NewId("dsg"), world.NewId("dsg"), world.Time.GetUtcNow());
        await world.AppendAsync(null, new ContestOpened(contest, "Cats", "Brief", "mugs", StandardTemplates.OpenChallenge.Contest, now, now, now, now.AddDays(7), now.AddDays(9)));
        await world.AppendAsync(first, new ContestEntered(contest, "usr_a", "h1"));
        await world.AppendAsync(second, new ContestEntered(contest, "usr_b", "h2"));
        await CastAsync(contest, first, "usr_1", 5);
        await CastAsync(contest, first, "usr_2", 5);
        await CastAsync(contest, second, "usr_3", 4);

        TallyInput input = new(contest, [new(first, "usr_a", "h1"), new(second, "usr_b", "h2")]);
        var tally = await world.TwiceAsync<IContestActivities, ContestTally>(a => a.FreezeAndTallyAsync(input));
        Assert.Equal((first, 3), (tally.Ranking[0].DesignId, tally.Ballots));
        Assert.Equal(CastOutcome.Closed, await CastAsync(contest, second, "usr_4", 5));

        await world.AdvanceAsync(TimeSpan.FromHours(1));
        foreach (var member in new[] { "usr_1", "usr_2" })
        {
            Assert.True(await world.RunAsync<BallotBox, bool>(box => box.VoidAsync(contest, first, member, "one address", world.Time.GetUtcNow())));
        }

        Assert.Equivalent(tally, await world.RunAsync<IContestActivities, ContestTally>(a => a.FreezeAndTallyAsync(input)), strict: true);
        var decided = await world.TwiceAsync<IContestActivities, ContestTally>(a => a.DecideAsync(input));
        Assert.Equal((second, 1, tally.TallyHash), (decided.Ranking[0].DesignId, decided.Ballots, decided.TallyHash));
    }

    [Fact]
    public async Task Fifty_votes_of_one_member_at_once_are_one_ballot_and_the_tally_is_a_count_of_the_rows()   // c053
    {
        var (contest, design, now) = (world.NewId("ctt"), world.NewId("dsg"), world.Time.GetUtcNow());
        await world.AppendAsync(null, new ContestOpened(contest, "Cats", "Brief", "mugs", StandardTemplates.OpenChallenge.Contest, now, now, now, now.AddDays(7), now.AddDays(9)));
        await world.AppendAsync(design, new ContestEntered(contest, "usr_a", "h1"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(vote => CastAsync(contest, design, "usr_1", 1 + (vote % 5))));
        Assert.Single(outcomes, CastOutcome.Cast);
        Assert.DoesNotContain(outcomes, outcome => outcome is not (CastOutcome.Cast or CastOutcome.Changed or CastOutcome.AlreadyCast));

        var tally = await world.RunAsync<IContestActivities, ContestTally>(a => a.FreezeAndTallyAsync(new(contest, [new(design, "usr_a", "h1")])));
        var ballot = Assert.Single(await world.ReadAsync(db => db.Ballots.Where(b => b.ContestId == contest).ToListAsync()));
        Assert.Equal((1, 1), (tally.Ballots, tally.Ranking[0].Ballots));
        Assert.Equal(outcomes.Count(outcome => outcome is CastOutcome.Changed) + 1, ballot.Revision);   // each accepted change is one revision, none is lost
    }

    private Task<CastOutcome> CastAsync(string contest, string design, string member, int score) =>
        world.RunAsync<BallotBox, CastOutcome>(box => box.CastAsync(contest, design, member, score, world.Time.GetUtcNow()));
}
