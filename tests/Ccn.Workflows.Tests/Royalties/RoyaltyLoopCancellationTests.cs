using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Royalties;

public class RoyaltyLoopCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly string Charge = $"{RoyaltyLoopWorkflow.StatementIdFor("lic_1", 1)}:collect:1 600.00 USD";

    [Theory]
    [InlineData("Open", 1)]
    [InlineData("Draft", 12.5)]
    [InlineData("InQuery", 12.5)]
    [InlineData("Collecting", 15)]
    public async Task A_canceled_loop_charges_nobody_any_more_and_freezes_nothing_that_was_a_draft(string state, double days)
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.Royalties[1] = 60_000;
        foreach (var _ in Enumerable.Range(0, 5)) { world.Ledger.Declines.Enqueue("insufficient_funds"); }

        var loop = await StartAsync(world);
        await world.PassAsync(TimeSpan.FromDays(days));
        if (state == "InQuery") { await loop.ExecuteUpdateAsync(wf => wf.QueryLineAsync(new("q1", "usr_ada", 1, "why"))); }

        var charges = world.Log.Of("collect").Count;
        Assert.Equal("Canceled", (await Canceled.AtAsync(world, loop, state)).State);
        await world.PassAsync(TimeSpan.FromDays(40));
        Assert.Equal(charges, world.Log.Of("collect").Count);
        Assert.Equal(state == "Open" ? 0 : 1, world.Events.Of<StatementDrafted>().Count);
        Assert.Equal(state == "Collecting" ? 1 : 0, world.Events.Of<StatementFinalized>().Count);
        Assert.Empty(world.Events.Of<RoyaltyCollected>());
    }

    [Fact]
    public async Task Canceled_during_the_charge_the_money_is_on_record_and_the_payee_is_told()
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.Royalties[1] = 60_000;
        var charged = world.Log.Hold("collect", Charge);
        var loop = await StartAsync(world);
        await world.PassUntilHeldAsync(() => world.Log.Of("collect").Count == 1);
        await loop.CancelAsync();
        charged.SetResult();
        Assert.Equal("Canceled", (await Canceled.EndedAsync(world, loop, PayeePayoutWorkflow.IdFor("usr_ada"))).State);
        Assert.Equal(60_000, world.Events.One<RoyaltyCollected>().Amount.MinorUnits);
        var payee = world.Client.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor("usr_ada"));
        await Eventually.AsyncTrue(async () => (await payee.QueryAsync(wf => wf.Status)).WaitsFor == "the pay day");
    }

    /// <summary>Periods of ten days; the draft follows after two, its query window takes forty hours.</summary>
    private static async Task<WorkflowHandle<RoyaltyLoopWorkflow>> StartAsync(World world)
    {
        var now = await world.NowAsync();
        var rules = Samples.Template.Royalties with { Period = TimeSpan.FromDays(10) };
        return await world.StartAsync((RoyaltyLoopWorkflow wf) => wf.RunAsync(new(Samples.Terms("lic_1"), rules, Samples.Template.Payouts, "24x7", now, now.AddDays(90), 1, null)), RoyaltyLoopWorkflow.IdFor("lic_1"));
    }
}
