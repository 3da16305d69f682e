using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Contests;

public sealed class ContestWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task A_contest_freezes_the_ballots_and_announces_the_winner_after_the_fraud_hold()
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.Ranking.AddRange(["dsg_2", "dsg_1"]);
        var contest = await OpenAsync(world);
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_2", "usr_eve", "h2")));

        var result = await contest.GetResultAsync();
        Assert.Equal(("dsg_2", "ab12"), (result.WinnerDesignId, result.TallyHash));
        Assert.Equal(2, world.Events.Of<ContestEntered>().Count);
        Assert.Equal(["Submissions", "Critique", "Voting", "FraudHold"], world.Events.Of<ContestPhaseChanged>().Select(phase => phase.Phase));
        Assert.Equal("usr_eve", world.Events.One<BadgeAwarded>().CreatorId);
        var tallied = world.Events.All.Single(fact => fact.Data is ContestTallied).OccurredAt;
        var decided = world.Events.All.Single(fact => fact.Data is ContestDecided).OccurredAt;
        Assert.True(decided - tallied >= Samples.Template.Contest.FraudHold - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Entries_after_the_close_do_not_count_and_a_withdrawn_design_is_left_out()
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.Ranking.AddRange(["dsg_1", "dsg_2", "dsg_3"]);
        var contest = await OpenAsync(world);
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_2", "usr_eve", "h2")));
        await world.PassAsync(Samples.Template.Contest.Submissions + TimeSpan.FromSeconds(5));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_3", "usr_lee", "h3")));
        await contest.SignalAsync(wf => wf.WithdrawEntryAsync(new("dsg_1")));
        Assert.Equal("dsg_2", (await contest.GetResultAsync()).WinnerDesignId);
        Assert.Equal(["dsg_2"], world.Events.One<ContestTallied>().Ranking.Select(rank => rank.DesignId));
    }

    [Fact]
    public async Task Nobody_wins_without_ballots()
    {
        await using var world = World.Start(temporal.Environment);
        var contest = await OpenAsync(world);
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        Assert.Null((await contest.GetResultAsync()).WinnerDesignId);
        Assert.Empty(world.Events.Of<BadgeAwarded>());
    }

    [Fact]
    public async Task An_admin_calls_it_off_and_no_ballot_is_counted()
    {
        await using var world = World.Start(temporal.Environment);
        var contest = await OpenAsync(world);
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => contest.ExecuteUpdateAsync(wf => wf.CancelAsync(new CancelContest("usr_admin", " "))));
        await contest.ExecuteUpdateAsync(wf => wf.CancelAsync(new CancelContest("usr_admin", "sponsor left")));
        Assert.Null((await contest.GetResultAsync()).TallyHash);
        Assert.Equal("sponsor left", world.Events.Of<ContestPhaseChanged>()[^1].Reason);
        Assert.Empty(world.Log.Of("tally"));
    }

    private static async Task<WorkflowHandle<ContestWorkflow, ContestResult>> OpenAsync(World world)
    {
        var now = await world.NowAsync();
        return await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", Samples.Template.Contest, now)), ContestWorkflow.IdFor("ctt_1"));
    }
}
