using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Payouts;

public class PayeePayoutCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly string First = PayeePayoutWorkflow.PayoutIdFor("usr_ada", 1);

    [Theory]
    [InlineData("Accrued", 0)]
    [InlineData("Held", 0)]
    [InlineData("AwaitingApproval", 1)]
    public async Task Canceled_before_the_sending_no_payout_is_left_open_and_no_money_has_moved(string state, int closed)
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.HoldReason = state == "Held" ? "no payout method" : null;
        var payee = await EarnedAsync(world);
        if (state != "Accrued") { await world.PassAsync(TimeSpan.FromDays(32)); }

        Assert.Equal("Canceled", (await Canceled.AtAsync(world, payee, state)).State);
        Assert.Equal(closed, world.Events.Of<PayoutPrepared>().Count);
        Assert.Equal(world.Events.Of<PayoutPrepared>().Select(payout => payout.PayoutId), world.Events.Of<PayoutReturned>().Select(payout => payout.PayoutId));
        Assert.Empty(world.Log.Of("send-payout"));
        Assert.Empty(world.Log.Of("settle"));
    }

    [Theory]
    [InlineData(PayoutState.Confirmed)]
    [InlineData(PayoutState.Returned)]
    public async Task Canceled_while_money_is_under_way_it_ends_after_the_providers_word(PayoutState word)
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await ApprovedAsync(world);
        await Eventually.StandsAtAsync(payee, "Sent");
        await payee.CancelAsync();
        world.Ledger.Readings[First] = new(word, null, null, null);
        Assert.Equal("Canceled", (await Canceled.EndedAsync(world, payee)).State);
        Assert.Equal([$"{First} {word}"], world.Log.Of("settle"));
    }

    [Fact]
    public async Task Canceled_between_two_attempts_the_next_one_still_decides()
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.Refusals.Enqueue("INSUFFICIENT_FUNDS");
        world.Ledger.Readings[First] = new(PayoutState.Confirmed, null, null, null);
        var payee = await ApprovedAsync(world);
        Assert.Equal("Canceled", (await Canceled.AtAsync(world, payee, "Refused")).State);
        Assert.Equal([$"{First}:1", $"{First}:2"], world.Log.Of("send-payout"));
        Assert.Single(world.Events.Of<PayoutConfirmed>());
    }

    [Fact]
    public async Task A_loop_that_begins_anew_gives_its_payouts_other_ids_than_those_before()
    {
        await using var world = World.Start(temporal.Environment);
        var first = await EarnedAsync(world);
        await world.PassAsync(TimeSpan.FromDays(32));
        await Canceled.AtAsync(world, first, "AwaitingApproval");
        var again = await world.StartAsync((PayeePayoutWorkflow wf) => wf.RunAsync(new("usr_ada", Samples.Template.Payouts, "America/Los_Angeles", 1, Array.Empty<OpenPayout>(), Array.Empty<string>(), false, null, null, "anew")), PayeePayoutWorkflow.IdFor("usr_ada"));
        await again.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_2", FakeAmazon.Usd(54_000))));
        await world.PassAsync(TimeSpan.FromDays(32));
        await Eventually.StandsAtAsync(again, "AwaitingApproval");
        var ids = world.Events.Of<PayoutPrepared>().Select(payout => payout.PayoutId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Equal(2, ids.Distinct().Count());
    }

    private static async Task<WorkflowHandle<PayeePayoutWorkflow>> EarnedAsync(World world)
    {
        var payee = await world.StartAsync((PayeePayoutWorkflow wf) => wf.RunAsync(new("usr_ada", Samples.Template.Payouts, "America/Los_Angeles", 1, Array.Empty<OpenPayout>(), Array.Empty<string>())), PayeePayoutWorkflow.IdFor("usr_ada"));
        await payee.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_1", FakeAmazon.Usd(54_000))));
        return payee;
    }

    private static async Task<WorkflowHandle<PayeePayoutWorkflow>> ApprovedAsync(World world)
    {
        var payee = await EarnedAsync(world);
        await world.PassAsync(TimeSpan.FromDays(32));
        await payee.ExecuteUpdateAsync(wf => wf.ApproveAsync(new(First, "usr_fin", "hash-1")));
        return payee;
    }
}
