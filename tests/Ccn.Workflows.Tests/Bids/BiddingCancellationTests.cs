using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Tests.Fakes;

namespace Ccn.Workflows.Tests.Bids;

public class BiddingCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Theory]
    [InlineData("Sealed")]
    [InlineData("Revealed")]
    public async Task A_canceled_round_lapses_on_record_and_nothing_sealed_is_shown(string state)
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await world.StartAsync((BiddingWorkflow wf) => wf.RunAsync(new("dsg_1", "usr_ada", 1, Samples.Template.Bidding)), BiddingWorkflow.IdFor("dsg_1"));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        if (state == "Revealed") { await world.PassAsync(Samples.Template.Bidding.Window + TimeSpan.FromSeconds(1)); }

        Assert.Equal("Lapsed", (await Canceled.AtAsync(world, bidding, state)).State);
        Assert.Equal("The bidding was canceled.", world.Events.One<BiddingLapsed>().Reason);
        Assert.Empty(world.Events.Of<BidAccepted>());
        Assert.Equal(state == "Revealed" ? 1 : 0, world.Events.Of<BidsRevealed>().Count);
    }

    [Fact]
    public async Task A_round_that_is_canceled_before_its_first_task_lapses_too()
    {
        var bidding = await temporal.Environment.Client.StartWorkflowAsync((BiddingWorkflow wf) => wf.RunAsync(new("dsg_1", "usr_ada", 1, Samples.Template.Bidding)), new(BiddingWorkflow.IdFor("dsg_1"), TaskQueues.Lifecycle));
        await bidding.CancelAsync();
        await using var world = World.Start(temporal.Environment);
        Assert.Equal("Lapsed", (await Canceled.EndedAsync(world, bidding)).State);
        Assert.Equal("The bidding was canceled.", world.Events.One<BiddingLapsed>().Reason);
    }
}
