using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Tests.Designs;
using Ccn.Workflows.Tests.Fakes;

namespace Ccn.Workflows.Tests.Contests;

public class ContestCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Theory]
    [InlineData("Scheduled", 0, false)]
    [InlineData("Submissions", 2, false)]
    [InlineData("Critique", 15.5, false)]
    [InlineData("Voting", 17, false)]
    [InlineData("FraudHold", 23, true)]
    public async Task A_canceled_contest_has_no_winner_and_its_designs_are_free_again(string state, double days, bool tallied)
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.Ranking.Add("dsg_1");
        var opens = (await world.NowAsync()).AddDays(1);
        var contest = await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", Samples.Template.Contest, opens)), ContestWorkflow.IdFor("ctt_1"));
        var design = await DesignJourney.SubmitAsync(world);
        if (state != "Scheduled")
        {
            await world.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
            Assert.True((await design.ExecuteUpdateAsync(wf => wf.EnterContestAsync(new("ctt_1", "usr_ada")))).Accepted);
            if (state != "Submissions") { await world.PassAsync(TimeSpan.FromDays(days - 1)); }
        }

        Assert.Equal("Canceled", (await Canceled.AtAsync(world, contest, state, DesignLifecycleWorkflow.IdFor("dsg_1"))).State);
        Assert.Equal(("Canceled", "Canceled by an operator."), (world.Events.Of<ContestPhaseChanged>()[^1].Phase, world.Events.Of<ContestPhaseChanged>()[^1].Reason));
        Assert.Equal(tallied ? 1 : 0, world.Events.Of<ContestTallied>().Count);
        Assert.Empty(world.Events.Of<ContestDecided>());
        Assert.Empty(world.Events.Of<BadgeAwarded>());
        await DesignJourney.StateAsync(() => design.QueryAsync(wf => wf.Status), "Published");
    }
}
