using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Contests;

public class ContestWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task A_contest_freezes_the_ballots_and_announces_the_winner_after_the_fraud_hold()
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        world.Designs.Ranking.AddRange(["dsg_2", "dsg_1"]);
        var contest = await OpenAsync(world);
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_1", "usr_ada", "h1")));
        await contest.SignalAsync(wf => wf.EnterAsync(new("dsg_2", "usr_eve", "h2")));

        var result = await contest.GetResultAsync();
        Assert.Equal(("dsg_2", "ab12"), (result.WinnerDesignId, result.TallyHash));

        // The seed of a draw is committed before anybody enters, and shown with the tally (c057).
        var seed = world.Events.One<ContestTallied>().Seed!;
        Assert.Equal(world.Events.One<ContestOpened>().SeedSha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(seed))));
        Assert.Equal([seed, seed], world.Designs.Seeds);
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
        world.SkipsTime();
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

    // The greatest payloads of the product: the entries of a full contest and their ranking. A server takes 2 MiB.
    [Fact]
    public void A_full_contest_stays_well_under_the_limit_of_a_payload()   // c081
    {
        var (hash, seed) = (new string('a', 64), new string('b', 32));
        string Id(string prefix, int number) => $"{prefix}_{number:D32}";
        var entries = Enumerable.Range(0, 2_000).Select(number => new ContestEntry(Id("dsg", number), Id("usr", number), hash)).ToList();
        var ranking = entries.Select((entry, index) => new ContestRank(index + 1, entry.DesignId, entry.CreatorId, 1_000, 4.3456789012345678, $"(500.5 x 4.333 + 4200) / (500.5 + 1000) = 4.2445; tie, drawn with the seed {seed}")).ToList();
        foreach (object payload in new object[] { new TallyInput("ctt_1", entries, seed), new ContestTallied("ctt_1", hash, 2_000_000, ranking, seed) })
        {
            Assert.InRange(CcnPayloadConverter.DataConverter.PayloadConverter.ToPayload(payload).CalculateSize(), 1, 1024 * 1024);
        }
    }

    private static async Task<WorkflowHandle<ContestWorkflow, ContestResult>> OpenAsync(World world)
    {
        var now = await world.NowAsync();
        return await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", Samples.Template.Contest, now)), ContestWorkflow.IdFor("ctt_1"));
    }
}
