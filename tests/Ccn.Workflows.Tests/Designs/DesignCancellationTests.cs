using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using static Ccn.Workflows.Tests.Designs.DesignJourney;

namespace Ccn.Workflows.Tests.Designs;

public class DesignCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Theory]
    [InlineData("Held")]
    [InlineData("Published")]
    [InlineData("InContest")]
    public async Task Canceled_before_the_bids_it_ends_on_record_and_cannot_win_any_more(string state)
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        world.Designs.Ranking.Add("dsg_1");
        if (state == "Held") { world.Designs.Screening = new(true, "near copy"); }

        var now = await world.NowAsync();
        var contest = await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", Samples.Template.Contest, now)), ContestWorkflow.IdFor("ctt_1"));
        var design = state == "Held" ? await StartAsync(world) : await SubmitAsync(world);
        if (state == "InContest") { await design.ExecuteUpdateAsync(wf => wf.EnterContestAsync(new("ctt_1", "usr_ada"))); }

        Assert.Equal("Ended", (await Canceled.AtAsync(world, design, state, ContestWorkflow.IdFor("ctt_1"))).State);
        AssertCanceled(world, Enum.Parse<DesignStage>(state));
        Assert.Null((await contest.GetResultAsync()).WinnerDesignId);
    }

    [Fact]
    public async Task Canceled_while_bids_are_out_the_round_lapses()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await SubmitAsync(world);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
        await Canceled.AtAsync(world, design, "OpenToBids");
        AssertCanceled(world, DesignStage.OpenToBids);
        Assert.Single(world.Events.Of<BiddingLapsed>());
    }

    [Fact]
    public async Task Canceled_while_a_standby_bidder_is_asked_the_offer_is_closed()
    {
        await using var world = World.Start(temporal.Environment);
        world.Signing.Declining.Add("usr_cy");
        var design = await SubmitAsync(world);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
        await BidAndAcceptAsync(world, BiddingWorkflow.IdFor("dsg_1"));
        await TellSigningAsync(world, "usr_cy");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<StandbyOffered>().Count == 1));
        await Canceled.AtAsync(world, design, "OpenToBids");
        AssertCanceled(world, DesignStage.OpenToBids);
        Assert.False(world.Events.One<StandbyAnswered>().Accepted);
    }

    [Fact]
    public async Task Canceled_during_the_signatures_the_envelope_is_voided()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await AcceptedAsync(world);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<LicenceSent>().Count == 1));
        await Canceled.AtAsync(world, design, "Licensing");
        AssertCanceled(world, DesignStage.Licensing);
        Assert.Single(world.Log.Of("void"));
        Assert.Equal("Voided", world.Events.One<LicenceNotSigned>().Outcome);
    }

    /// <summary>The licence is a contract that no operator ends: its statements go on.</summary>
    [Theory]
    [InlineData(DesignStage.Sourcing)]
    [InlineData(DesignStage.InProduction)]
    [InlineData(DesignStage.Selling)]
    public async Task Canceled_under_a_licence_suppliers_are_told_the_offer_is_taken_down_and_statements_go_on(DesignStage stage)
    {
        await using var world = World.Start(temporal.Environment);
        var design = await AcceptedAsync(world);
        await SignAsync(world, "usr_cy");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Sourcing)));
        List<string> survivors = [RoyaltyLoopWorkflow.IdFor(world.Events.One<LicenceInForce>().LicenceId)];
        if (stage is not DesignStage.Sourcing) { await OrderAsync(world); }
        if (stage is DesignStage.Selling)
        {
            await ProduceAsync(world);
            await ListAsync(world);
            await design.SignalAsync(wf => wf.SoldAsync(new("test")));
            survivors.Add(SalesIntakeWorkflow.IdFor("sac_usr_cy"));
        }

        await Canceled.AtAsync(world, design, stage.ToString(), [.. survivors]);
        AssertCanceled(world, stage);
        Assert.Empty(world.Events.Of<LicenceEnded>());
        Assert.Equal(stage is DesignStage.InProduction ? 1 : 0, world.Events.Of<OrderCanceled>().Count);
        Assert.Equal(stage is DesignStage.InProduction ? 1 : 0, world.Log.Of("tell").Count(kind => kind == "canceled"));
        Assert.Equal(stage is DesignStage.Selling ? 1 : 0, world.Log.Of("end-listing").Count);
    }

    private static async Task<WorkflowHandle<DesignLifecycleWorkflow, DesignStage>> AcceptedAsync(World world)
    {
        var design = await SubmitAsync(world);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
        await BidAndAcceptAsync(world, BiddingWorkflow.IdFor("dsg_1"));
        return design;
    }

    private static void AssertCanceled(World world, DesignStage at)
    {
        Assert.Equal(DesignStage.Ended, world.Events.Stages[^1]);
        Assert.Equal((at, "The life cycle was canceled by an operator."), (world.Events.One<LifecycleEnded>().Stage, world.Events.One<LifecycleEnded>().Reason));
    }
}
