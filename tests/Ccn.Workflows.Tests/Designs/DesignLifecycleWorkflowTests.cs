using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Testing;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Production;
using Ccn.Workflows.Sourcing;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

using static Ccn.Workflows.Tests.Designs.DesignJourney;

namespace Ccn.Workflows.Tests.Designs;

public class DesignLifecycleWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task A_design_wins_its_contest_is_licensed_made_listed_and_sells_until_the_licence_ends()
    {
        await using var world = World.Start(temporal.Environment, cached: 100);
        world.Designs.Ranking.Add("dsg_1");
        var now = await world.NowAsync();
        await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", Samples.Template.Contest, now)), ContestWorkflow.IdFor("ctt_1"));
        var design = await SubmitAsync(world);
        Assert.True((await design.ExecuteUpdateAsync(wf => wf.EnterContestAsync(new("ctt_1", "usr_ada")))).Accepted);
        await world.PassAsync(TimeSpan.FromDays(24) + TimeSpan.FromMinutes(1));

        await BidAndAcceptAsync(world, BiddingWorkflow.IdFor("dsg_1"));
        await SignAsync(world, "usr_cy");
        await OrderAsync(world);
        await ProduceAsync(world);
        await ListAsync(world);
        await design.SignalAsync(wf => wf.SoldAsync(new("test")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Selling)));

        // A year of quarter hours would be thirty-five thousand pulls.
        await world.Client.GetWorkflowHandle<Ccn.Workflows.Sales.SalesIntakeWorkflow>(Ccn.Workflows.Sales.SalesIntakeWorkflow.IdFor("sac_usr_cy")).SignalAsync(wf => wf.ChangeIntervalAsync(new(TimeSpan.FromDays(7))));
        Assert.Equal(DesignStage.Ended, await design.GetResultAsync());
        Assert.Equal([DesignStage.Submitted, DesignStage.Published, DesignStage.InContest, DesignStage.Won, DesignStage.OpenToBids, DesignStage.Licensing, DesignStage.Licensed,
            DesignStage.Sourcing, DesignStage.InProduction, DesignStage.Listed, DesignStage.Selling, DesignStage.Ended], Consecutive(world.Events.Stages));
        Assert.Equal("Mug", world.Events.One<LicenceDrafted>().Terms.DesignTitle);
        Assert.Equal(1_000, world.Events.One<LicenceDrafted>().Terms.RateBasisPoints);
        Assert.Equal(world.Events.Ids.Count, world.Events.Ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_picture_is_processed_and_screened_and_the_model_is_kept_as_it_is()
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.MediaOf["fil_2"] = new(new(900, 700, [new(400, 311, "fil_second", 2_000)], "00ff00ff00ff00ff", "#112233"), null, null);
        await world.StartAsync((DesignLifecycleWorkflow wf) => wf.RunAsync(Several("fil_2")), DesignLifecycleWorkflow.IdFor("dsg_1"));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<DesignPublished>().Count == 1));

        Assert.Equal(("fil_2", "fil_3d"), (Assert.Single(world.Events.One<DesignSubmitted>().MorePictures!).FileKey, world.Events.One<DesignSubmitted>().Model!.FileKey));
        Assert.Equal((900, "fil_second"), (Assert.Single(world.Events.One<DesignMediaReady>().More!).Width, world.Events.One<DesignMediaReady>().More![0].Variants[0].FileKey));
        Assert.Equal(["00ff00ff00ff00ff"], Assert.Single(world.Designs.Screened).MoreHashes!);
    }

    [Fact]
    public async Task A_further_picture_that_cannot_be_used_refuses_the_design_and_is_named()
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.MediaOf["fil_2"] = new(null, "image.unreadable", "It is cut short.");
        var design = await world.StartAsync((DesignLifecycleWorkflow wf) => wf.RunAsync(Several("fil_2")), DesignLifecycleWorkflow.IdFor("dsg_1"));

        Assert.Equal(DesignStage.Refused, await design.GetResultAsync());
        Assert.Equal(("image.unreadable", "fil_2.png: It is cut short."), (world.Events.One<DesignRefused>().Code, world.Events.One<DesignRefused>().Reason));
    }

    private static DesignLifecycleInput Several(string second) => Samples.Design() with
    {
        MorePictures = [new(second, second + ".png", "image/png", 2_000, "5ec0nd")],
        Model = new("fil_3d", "mug.glb", "model/gltf-binary", 3_000, "3d"),
    };

    [Fact]
    public async Task When_the_best_bidder_declines_the_next_has_two_days_and_then_the_one_after()
    {
        await using var world = World.Start(temporal.Environment);
        world.Signing.Declining.Add("usr_cy");
        var design = await SubmitAsync(world);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<BiddingOpened>().Count == 1));
        var bidding = world.Client.GetWorkflowHandle<BiddingWorkflow>(BiddingWorkflow.IdFor("dsg_1"));
        foreach (var (id, seller, rate) in new[] { ("bid_10", "usr_cy", 1_000), ("bid_9", "usr_dan", 900), ("bid_8", "usr_bob", 800) })
        {
            await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new(id, seller, Samples.Bid(rate))));
        }

        await world.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_10", "usr_ada")));
        await TellSigningAsync(world, "usr_cy");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<StandbyOffered>().Count == 1));
        await Refused.WithAsync(FailureTypes.StateConflict, () => design.ExecuteUpdateAsync(wf => wf.AnswerStandbyAsync(new("usr_bob", "bid_8", true))));
        await world.PassAsync(TimeSpan.FromHours(48) + TimeSpan.FromMinutes(1));
        Assert.True(world.Events.One<StandbyAnswered>().TimedOut);
        await design.ExecuteUpdateAsync(wf => wf.AnswerStandbyAsync(new("usr_bob", "bid_8", true)));
        await SignAsync(world, "usr_bob");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Licensed)));
        Assert.Equal("bid_8", world.Events.Of<LicenceDrafted>()[^1].BidId);
    }

    [Fact]
    public async Task The_creator_withdraws_while_bids_are_out()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await SubmitAsync(world);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
        await Refused.WithAsync(FailureTypes.StateConflict, () => design.ExecuteUpdateAsync(wf => wf.WithdrawAsync(new("usr_eve", "mine"))));
        await design.ExecuteUpdateAsync(wf => wf.WithdrawAsync(new("usr_ada", "changed my mind")));
        Assert.Equal(DesignStage.Withdrawn, await design.GetResultAsync());
        Assert.Equal("The bidding was canceled.", world.Events.One<BiddingLapsed>().Reason);
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_says_is_refused()
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.Media = new(null, "file.not_an_image", "The file is no image.");
        var design = await StartAsync(world);
        Assert.Equal(DesignStage.Refused, await design.GetResultAsync());
        Assert.Equal("file.not_an_image", world.Events.One<DesignRefused>().Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_held_design_waits_for_a_moderator(bool publish)
    {
        await using var world = World.Start(temporal.Environment);
        world.Designs.Screening = new(true, "near copy");
        var design = await StartAsync(world);
        await Eventually.StandsAtAsync(design, "Held");
        await Refused.WithAsync(FailureTypes.StateConflict, () => design.ExecuteUpdateAsync(wf => wf.ModerateAsync(new("usr_ada", true, "fine"))));
        await design.ExecuteUpdateAsync(wf => wf.ModerateAsync(new("usr_mod", publish, "looked at")));
        await Eventually.AsyncTrue(() => Task.FromResult(publish ? world.Events.Of<DesignPublished>().Count == 1 : world.Events.Of<DesignRefused>().Count == 1));
    }

    [Fact]
    public async Task The_receipt_is_for_the_same_request_only()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await StartAsync(world);
        Assert.Equal("5ha256", (await design.ExecuteUpdateAsync(wf => wf.SubmitAsync(new("req-1")))).Sha256);
        await Refused.WithAsync(FailureTypes.RequestDuplicate, () => design.ExecuteUpdateAsync(wf => wf.SubmitAsync(new("req-2"))));
    }

    [Fact]
    public async Task An_unknown_contest_is_an_answer_and_the_creator_goes_on()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await SubmitAsync(world);
        Assert.False((await design.ExecuteUpdateAsync(wf => wf.EnterContestAsync(new("ctt_none", "usr_ada")))).Accepted);
        await design.ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new("usr_ada")));
    }

    [Fact]
    public async Task A_step_that_fails_for_good_parks_and_an_operator_retries_it()
    {
        await using var world = World.Start(temporal.Environment);
        world.Log.FailOnce("screen", FailureTypes.ProviderContract);
        var design = await StartAsync(world);
        await Eventually.StandsAtAsync(design, "NeedsAttention");
        Assert.Equal(FailureTypes.ProviderContract, (await design.QueryAsync(wf => wf.Status)).Problem?.FailureType);
        await Refused.WithAsync(FailureTypes.StateConflict, () => design.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("media", StepResolution.Retry, "r", "usr_ops"))));
        await design.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("screen", StepResolution.Retry, "fixed", "usr_ops")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<DesignPublished>().Count == 1));
        Assert.Equal("screen", world.Events.One<NeedsAttentionRaised>().Step);
        Assert.Equal("Retry", world.Events.One<NeedsAttentionResolved>().Resolution);
    }

    [Fact]
    public async Task Search_attributes_and_details_say_whose_turn_it_is()
    {
        await using var world = World.Start(temporal.Environment);
        var design = await SubmitAsync(world);
        await Eventually.AsyncTrue(async () => (await design.DescribeAsync()).TypedSearchAttributes is var attributes
            && (attributes.Get(CcnSearchAttributes.Stage), attributes.Get(CcnSearchAttributes.Wait), attributes.Get(CcnSearchAttributes.Design)) == ("Published", "Creator", "dsg_1"));
    }

    private static IEnumerable<DesignStage> Consecutive(IReadOnlyList<DesignStage> stages) => stages.Where((stage, index) => index == 0 || stages[index - 1] != stage);
}
