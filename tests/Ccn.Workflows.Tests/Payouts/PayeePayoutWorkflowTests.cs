using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Payouts;

public class PayeePayoutWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly string First = PayeePayoutWorkflow.PayoutIdFor("usr_ada", 1);

    [Fact]
    public async Task Earnings_are_prepared_approved_sent_confirmed_and_may_still_come_back()
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world);
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_fin", "hash-2"));
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_ada", "hash-1"));
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, "pyt_other", "usr_fin", "hash-1"));
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        world.Ledger.Readings[First] = new(PayoutState.Confirmed, FakeAmazon.Usd(25), await world.NowAsync(), null);
        await EventAsync(payee, "w1", First);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutConfirmed>().Count == 1));

        // The next run of the loop still watches the payout of this one.
        await Eventually.StandsAtAsync(payee, "Accrued");
        world.Ledger.Readings[First] = new(PayoutState.Returned, null, await world.NowAsync(), "account closed");
        await EventAsync(payee, "w2", First);
        await EventAsync(payee, "w2", First);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutReturned>().Count == 1));
        Assert.Equal(["PayoutPrepared", "PayoutApproved", "PayoutSent", "PayoutConfirmed", "PayoutReturned"], world.Events.Story);
        Assert.Equal([$"{First} Confirmed", $"{First} Returned"], world.Log.Of("settle"));
        Assert.Equal([$"{First}:1"], world.Log.Of("send-payout"));
    }

    [Fact]
    public async Task Whoever_sees_the_payout_may_approve_it()
    {
        await using var world = World.Start(temporal.Environment);
        var told = world.Events.Hold<PayoutPrepared>();
        var payee = await StartAsync(world);
        await payee.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_1", FakeAmazon.Usd(54_000))));
        await world.PassUntilHeldAsync(() => world.Events.Of<PayoutPrepared>().Count == 1);
        var approval = await payee.StartUpdateAsync(wf => wf.ApproveAsync(new(First, "usr_fin", "hash-1")), new(WorkflowUpdateStage.Accepted));
        told.SetResult();
        await approval.GetResultAsync();
        Assert.Equal(First, world.Events.One<PayoutApproved>().PayoutId);
    }

    [Fact]
    public async Task Repeated_earnings_make_one_payout()
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world);
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        world.Ledger.Readings[First] = new(PayoutState.Confirmed, null, null, null);
        await EventAsync(payee, "w1", First);
        await Eventually.StandsAtAsync(payee, "Accrued");
        await payee.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_1", FakeAmazon.Usd(54_000))));
        await world.PassAsync(TimeSpan.FromDays(40));
        Assert.Single(world.Events.Of<PayoutPrepared>());
    }

    [Fact]
    public async Task A_definite_refusal_is_a_new_attempt_after_the_templates_waits_and_then_a_person_decides()
    {
        await using var world = World.Start(temporal.Environment);
        foreach (var _ in Enumerable.Range(0, 5)) { world.Ledger.Refusals.Enqueue("RECEIVER_UNREGISTERED"); }

        var payee = await EarnedAsync(world);
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        await world.PassAsync(TimeSpan.FromDays(6));
        Assert.Equal(Enumerable.Range(1, 5).Select(attempt => $"{First}:{attempt}"), world.Log.Of("send-payout"));
        var refusedAt = world.Events.All.Where(fact => fact.Data is PayoutRefused).Select(fact => fact.OccurredAt).ToList();
        Assert.Equal([1, 6, 24, 72], refusedAt.Zip(refusedAt.Skip(1)).Select(pair => (int)Math.Round((pair.Second - pair.First).TotalHours)));
        Assert.Equal("send", (await payee.QueryAsync(wf => wf.Status)).Problem?.Step);

        await payee.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("send", StepResolution.Abandon, "payee is gone", "usr_ops")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutReturned>().Count == 1));
        Assert.Equal([$"{First} Returned"], world.Log.Of("settle"));
    }

    [Fact]
    public async Task A_held_payout_says_why_and_goes_on_when_the_payee_sets_a_method()
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.HoldReason = "no payout method";
        var payee = await StartAsync(world);
        await payee.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_1", FakeAmazon.Usd(54_000))));
        await world.PassAsync(TimeSpan.FromDays(32));
        var status = await payee.QueryAsync(wf => wf.Status);
        Assert.Equal(("Held", Party.Creator), (status.State, status.Turn));
        Assert.Contains("no payout method", status.WaitsFor!, StringComparison.Ordinal);
        Assert.Equal("no payout method", world.Events.One<PayoutHeld>().Reason);

        world.Ledger.HoldReason = null;
        await payee.SignalAsync(wf => wf.MethodChangedAsync(new("m1", "paypal")));
        await Eventually.StandsAtAsync(payee, "AwaitingApproval");
    }

    [Fact]
    public async Task While_finance_holds_nothing_is_approved()
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world);
        await payee.ExecuteUpdateAsync(wf => wf.HoldAsync(new("usr_fin", "dispute")));
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_fin", "hash-1"));
        await payee.ExecuteUpdateAsync(wf => wf.ReleaseAsync(new("usr_fin", "settled")));
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutSent>().Count == 1));
    }

    [Fact]
    public async Task A_large_payout_is_sent_after_two_people_have_approved_the_same_hash()
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world, twoApproversFrom: 54_000);
        Assert.Equal("AwaitingSecondApproval", (await ApproveAsync(payee, First, "usr_fin", "hash-1")).State);
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_fin", "hash-1"));
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_ada", "hash-1"));
        await Refused.WithAsync(FailureTypes.StateConflict, () => ApproveAsync(payee, First, "usr_fin2", "hash-2"));
        await world.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(world.Log.Of("send-payout"));

        await ApproveAsync(payee, First, "usr_fin2", "hash-1");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutSent>().Count == 1));
        Assert.Equal(["PayoutPrepared", "PayoutApprovedByFirst", "PayoutApproved", "PayoutSent"], world.Events.Story);
        Assert.Equal(["usr_fin", "usr_fin2"], world.Events.All.Where(fact => fact.Data is PayoutApprovedByFirst or PayoutApproved).Select(fact => fact.ActorId));
    }

    [Fact]
    public async Task One_person_is_enough_below_the_amount_that_wants_two()
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world, twoApproversFrom: 54_001);
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<PayoutSent>().Count == 1));
        Assert.Empty(world.Events.Of<PayoutApprovedByFirst>());
    }

    [Fact]
    public async Task Unclaimed_money_is_watched_without_webhooks_until_it_comes_back_in_full_and_another_method_is_asked_for()   // c018
    {
        await using var world = World.Start(temporal.Environment);
        var payee = await EarnedAsync(world);
        world.Ledger.Readings[First] = new(PayoutState.Unclaimed, null, null, null);
        await ApproveAsync(payee, First, "usr_fin", "hash-1");
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("Unclaimed", (await payee.QueryAsync(wf => wf.Status)).State);
        world.Ledger.Readings[First] = new(PayoutState.Returned, FakeAmazon.Usd(25), null, "unclaimed for 30 days");
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Events.Of<PayoutUnclaimed>());
        Assert.Equal("unclaimed for 30 days", world.Events.One<PayoutReturned>().Reason);
        Assert.Empty(world.Events.Of<PayoutConfirmed>());
        var settled = Assert.Single(world.Ledger.Settled);
        Assert.Equal((PayoutState.Returned, FakeAmazon.Usd(54_000), FakeAmazon.Usd(25)), (settled.State, settled.Amount, settled.Fee));

        // The creator is asked for another method; nothing is sent again until it is there.
        await world.PassAsync(TimeSpan.FromDays(60));
        var status = await payee.QueryAsync(wf => wf.Status);
        Assert.Equal(("Returned", Party.Creator), (status.State, status.Turn));
        Assert.Contains("another payout method", status.WaitsFor!, StringComparison.Ordinal);
        Assert.Single(world.Log.Of("send-payout"));
        await payee.SignalAsync(wf => wf.MethodChangedAsync(new("m1", "paypal")));
        await world.PassAsync(TimeSpan.FromDays(32));
        Assert.Equal("AwaitingApproval", (await payee.QueryAsync(wf => wf.Status)).State);
    }

    private static Task<WorkflowHandle<PayeePayoutWorkflow>> StartAsync(World world, long? twoApproversFrom = null)
    {
        var rules = Samples.Template.Payouts with { TwoApproversFrom = twoApproversFrom };
        return world.StartAsync((PayeePayoutWorkflow wf) => wf.RunAsync(new("usr_ada", rules, "America/Los_Angeles", 1, Array.Empty<OpenPayout>(), Array.Empty<string>())), PayeePayoutWorkflow.IdFor("usr_ada"));
    }

    private static async Task<WorkflowHandle<PayeePayoutWorkflow>> EarnedAsync(World world, long? twoApproversFrom = null)
    {
        var payee = await StartAsync(world, twoApproversFrom);
        await payee.SignalAsync(wf => wf.EarningsAvailableAsync(new("stm_1", FakeAmazon.Usd(54_000))));
        await world.PassAsync(TimeSpan.FromDays(32));
        Assert.Equal("AwaitingApproval", (await payee.QueryAsync(wf => wf.Status)).State);
        return payee;
    }

    private static Task<WorkflowStatus> ApproveAsync(WorkflowHandle<PayeePayoutWorkflow> payee, string payoutId, string financeId, string hash) =>
        payee.ExecuteUpdateAsync(wf => wf.ApproveAsync(new(payoutId, financeId, hash)));

    private static Task EventAsync(WorkflowHandle<PayeePayoutWorkflow> payee, string id, string payoutId) =>
        payee.SignalAsync(wf => wf.ProviderEventAsync(new(id, payoutId, "PAYMENT.PAYOUTS-ITEM.SUCCEEDED", DateTimeOffset.UnixEpoch)));
}
