using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Bids;

public class BiddingWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly TimeSpan Window = Samples.Template.Bidding.Window + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Sealed_bids_are_revealed_at_once_and_the_creator_takes_one()
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await OpenAsync(world);
        var receipt = await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_10", "usr_cy", Samples.Bid(1_000))));
        Assert.Equal("Sealed", (await bidding.QueryAsync(wf => wf.Status)).State);
        Assert.Empty(world.Events.Of<BidsRevealed>());

        await world.PassAsync(Window);
        var revealed = world.Events.One<BidsRevealed>();
        Assert.Equal(["bid_10", "bid_8"], revealed.Bids.Select(bid => bid.BidId));
        var eight = revealed.Bids.Single(bid => bid.BidId == "bid_8");
        Assert.Equal(receipt.Receipt, BidCommitment.Receipt(eight.BidId, eight.SellerId, eight.LodgedAt, eight.Terms, eight.Nonce!));

        await bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_10", "usr_ada")));
        var result = await bidding.GetResultAsync();
        Assert.Equal("bid_10", result.Accepted?.BidId);
        Assert.Equal(["bid_8"], result.Standby.Select(bid => bid.BidId));
        Assert.Equal(["BiddingOpened", "BidLodged", "BidLodged", "BidsRevealed", "BidAccepted"], world.Events.Story);
        Assert.Equal("bidding/dsg_1:opened", world.Events.Ids[0]);
        Assert.Contains("bidding/dsg_1:bid_8:lodged", world.Events.Ids);
        Assert.False(world.Events.One<BidAccepted>().Automatic);
    }

    [Fact]
    public async Task Of_two_accepts_in_one_instant_exactly_one_wins()
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await RevealedAsync(world);
        var answers = await Task.WhenAll(AcceptAsync("bid_8"), AcceptAsync("bid_10"));

        var winner = Assert.Single(answers, answer => answer.Won).BidId;
        Assert.Equal(winner, (await bidding.GetResultAsync()).Accepted?.BidId);
        Assert.Equal(winner, world.Events.One<BidAccepted>().BidId);

        async Task<(string BidId, bool Won)> AcceptAsync(string bidId)
        {
            try
            {
                await bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new(bidId, "usr_ada")));
                return (bidId, true);
            }
            catch (WorkflowUpdateFailedException) { return (bidId, false); }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound) { return (bidId, false); }   // decided and ended before it arrived
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_creator_is_silent_the_template_decides(bool autoAccept)
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        var bidding = await OpenAsync(world, autoAccept);
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        var result = await bidding.GetResultAsync();
        Assert.Equal(autoAccept ? "bid_8" : null, result.Accepted?.BidId);
        Assert.Equal(autoAccept, world.Events.Of<BidAccepted>().Any(accepted => accepted.Automatic));
        Assert.Equal(autoAccept ? 0 : 1, world.Events.Of<BiddingLapsed>().Count);
    }

    [Fact]
    public async Task Without_a_bid_the_window_lapses()
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        var bidding = await OpenAsync(world);
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => bidding.ExecuteUpdateAsync(wf => wf.WithdrawBidAsync(new("bid_8", "usr_cy"))));
        await bidding.ExecuteUpdateAsync(wf => wf.WithdrawBidAsync(new("bid_8", "usr_bob")));
        var result = await bidding.GetResultAsync();
        Assert.Null(result.Accepted);
        Assert.Equal("No bid was lodged.", result.LapseReason);
    }

    [Fact]
    public async Task Bids_below_the_floor_of_the_creator_and_after_the_close_are_refused()
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await OpenAsync(world);
        Assert.Contains("floor", await Refused.WithAsync(FailureTypes.RequestInvalid, () => PlaceAsync("bid_4", "usr_bob", 499)), StringComparison.Ordinal);
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => PlaceAsync("bid_a", "usr_ada", 900));
        await PlaceAsync("bid_5", "usr_bob", 500);
        await world.PassAsync(Window);
        await Refused.WithAsync(FailureTypes.StateConflict, () => PlaceAsync("bid_9", "usr_cy", 900));
        await Refused.WithAsync(FailureTypes.StateConflict, () => bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_5", "usr_bob"))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_9", "usr_ada"))));

        Task PlaceAsync(string bidId, string sellerId, int rate) => bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new(bidId, sellerId, Samples.Bid(rate))));
    }

    [Fact]
    public async Task The_same_bid_again_has_the_same_receipt_and_other_terms_under_its_id_are_refused()
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await OpenAsync(world);
        var first = await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        Assert.Equal(first, await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800)))));
        await Refused.WithAsync(FailureTypes.RequestDuplicate, () => bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(900)))));

        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_9", "usr_bob", Samples.Bid(900))));
        await world.PassAsync(Window);
        Assert.Equal("bid_9", Assert.Single(world.Events.One<BidsRevealed>().Bids).BidId);
        Assert.Equal("bid_8", world.Events.One<BidWithdrawn>().BidId);
    }

    [Fact]
    public async Task Declining_all_lapses_the_round()
    {
        await using var world = World.Start(temporal.Environment);
        var bidding = await RevealedAsync(world);
        await bidding.ExecuteUpdateAsync(wf => wf.DeclineAllAsync(new("usr_ada")));
        Assert.Equal("The creator declined all bids.", (await bidding.GetResultAsync()).LapseReason);
    }

    // A bid may arrive with the start; then its fact and the opening's are written side by side, in either order. These stories begin with an open round.
    private static async Task<WorkflowHandle<BiddingWorkflow, BiddingResult>> OpenAsync(World world, bool autoAccept = false)
    {
        var bidding = await world.StartAsync((BiddingWorkflow wf) => wf.RunAsync(new("dsg_1", "usr_ada", 1, Rules(autoAccept))), BiddingWorkflow.IdFor("dsg_1"));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<BiddingOpened>().Count == 1));
        return bidding;
    }

    private static Ccn.Domain.Lifecycle.BiddingRules Rules(bool autoAccept) => Samples.Template.Bidding with { AutoAccept = autoAccept };

    private static async Task<WorkflowHandle<BiddingWorkflow, BiddingResult>> RevealedAsync(World world)
    {
        var bidding = await OpenAsync(world);
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_10", "usr_cy", Samples.Bid(1_000))));
        await world.PassAsync(Window);
        return bidding;
    }
}
