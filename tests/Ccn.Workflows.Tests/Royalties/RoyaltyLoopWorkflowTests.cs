using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Royalties;

public class RoyaltyLoopWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task Each_month_has_its_statement_until_refunds_can_no_longer_come()
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        world.Ledger.Royalties[1] = 60_000;
        world.Ledger.Royalties[2] = -400;
        world.Ledger.Royalties[3] = 1_000;
        var loop = await StartAsync(world, TimeSpan.FromDays(90));
        await loop.GetResultAsync();

        var drafted = world.Events.Of<StatementDrafted>();
        Assert.Equal(Enumerable.Range(1, drafted.Count), drafted.Select(statement => statement.Period));
        Assert.InRange(drafted.Count, 5, 7);   // 90 days and 60 days of refunds, in calendar months
        Assert.Equal(new Money(54_000, "USD"), drafted[0].Net);
        var madeAt = world.Events.All.First(fact => fact.Data is StatementDrafted).OccurredAt;
        Assert.True(madeAt - drafted[0].To >= TimeSpan.FromDays(2) && madeAt - drafted[0].To < TimeSpan.FromDays(3));

        // The credit of the second month is taken off the third month's charge.
        var charges = world.Log.Of("collect").Select(call => call.Split(' ', 2)[1]).ToList();
        Assert.Equal(["600.00 USD", "6.00 USD"], charges);
        Assert.Equal("royalties/lic_1/1:drafted", world.Events.All.First(fact => fact.Data is StatementDrafted).EventId);
        Assert.Equal(RoyaltyLoopWorkflow.StatementIdFor("lic_1", 1), drafted[0].StatementId);
        var payee = await world.Client.GetWorkflowHandle(PayeePayoutWorkflow.IdFor("usr_ada")).DescribeAsync();
        Assert.Equal(PayeePayoutWorkflow.LabelFor("usr_ada"), new(await payee.GetStaticSummaryAsync() ?? "", await payee.GetStaticDetailsAsync() ?? ""));
    }

    [Fact]
    public async Task A_query_keeps_the_window_open_until_it_is_answered()
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.Royalties[1] = 60_000;
        var loop = await StartAsync(world, TimeSpan.FromDays(90));
        await Refused.WithAsync(FailureTypes.StateConflict, () => QueryAsync("q1", "usr_ada", "why"));
        var end = await FirstPeriodEndAsync(world);
        await world.PassAsync(end + TimeSpan.FromDays(2.5) - await world.NowAsync());
        await Refused.WithAsync(FailureTypes.StateConflict, () => QueryAsync("q1", "usr_eve", "why"));
        await QueryAsync("q1", "usr_ada", "why");
        await QueryAsync("q1", "usr_ada", "why");
        await Refused.WithAsync(FailureTypes.RequestDuplicate, () => QueryAsync("q1", "usr_ada", "other"));
        await world.PassAsync(TimeSpan.FromDays(20));
        Assert.Empty(world.Events.Of<StatementFinalized>());

        await Refused.WithAsync(FailureTypes.StateConflict, () => loop.ExecuteUpdateAsync(wf => wf.AnswerQueryAsync(new("q1", "usr_ada", "mine"))));
        await loop.ExecuteUpdateAsync(wf => wf.AnswerQueryAsync(new("q1", "usr_fin", "as sold")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<StatementFinalized>().Count == 1));
        Assert.Single(world.Events.Of<StatementLineQueried>());

        Task QueryAsync(string id, string who, string text) => loop.ExecuteUpdateAsync(wf => wf.QueryLineAsync(new(id, who, 1, text)));
    }

    [Fact]
    public async Task A_declined_seller_is_charged_again_under_new_keys_and_then_a_person_decides()
    {
        await using var world = World.Start(temporal.Environment);
        world.Ledger.Royalties[1] = 60_000;
        foreach (var _ in Enumerable.Range(0, 5)) { world.Ledger.Declines.Enqueue("insufficient_funds"); }

        var loop = await StartAsync(world, TimeSpan.FromDays(90));
        var end = await FirstPeriodEndAsync(world);
        await world.PassAsync(end + TimeSpan.FromDays(25) - await world.NowAsync());
        var status = await loop.QueryAsync(wf => wf.Status);
        Assert.Equal(("NeedsAttention", "collect"), (status.State, status.Problem?.Step));
        var statement = RoyaltyLoopWorkflow.StatementIdFor("lic_1", 1);
        Assert.Equal(Enumerable.Range(1, 5).Select(attempt => $"{statement}:collect:{attempt} 600.00 USD"), world.Log.Of("collect"));

        await loop.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("collect", Ccn.Workflows.Lifecycle.StepResolution.Retry, "new card", "usr_ops")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<RoyaltyCollected>().Count == 1));
        Assert.Equal(5, world.Events.Of<RoyaltyCollectionFailed>().Count);
        Assert.Single(world.Events.Of<NeedsAttentionResolved>());
    }

    [Fact]
    public async Task A_debt_that_comes_in_with_a_later_period_of_returns_reaches_the_payee()
    {
        await using var world = World.Start(temporal.Environment);
        (world.Ledger.Royalties[1], world.Ledger.Royalties[2]) = (60_000, -400);
        foreach (var _ in Enumerable.Range(0, 5)) { world.Ledger.Declines.Enqueue("insufficient_funds"); }

        var loop = await StartAsync(world, TimeSpan.FromDays(90));
        await world.PassAsync(await FirstPeriodEndAsync(world) + TimeSpan.FromDays(25) - await world.NowAsync());
        await loop.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("collect", Ccn.Workflows.Lifecycle.StepResolution.Abandon, "with the next statement", "usr_ops")));
        await world.PassAsync(TimeSpan.FromDays(31));
        Assert.EndsWith("596.00 USD", world.Log.Of("collect")[^1], StringComparison.Ordinal);
        var payee = world.Client.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor("usr_ada"));
        Assert.Contains((await payee.QueryAsync(wf => wf.Status)).WaitsFor!, new[] { "the pay day", "finance's approval of 540.00 USD" });   // told, whatever day of the month it is
    }

    private static async Task<WorkflowHandle<RoyaltyLoopWorkflow>> StartAsync(World world, TimeSpan licence)
    {
        var now = await world.NowAsync();
        return await world.StartAsync((RoyaltyLoopWorkflow wf) => wf.RunAsync(new(Samples.Terms("lic_1"), Samples.Template.Royalties, Samples.Template.Payouts, "US", now, now + licence, 1, null)), RoyaltyLoopWorkflow.IdFor("lic_1"));
    }

    private static async Task<DateTimeOffset> FirstPeriodEndAsync(World world) =>
        (await world.Calendar.MonthlyPeriodAsync(new(await world.NowAsync(), 1, Samples.Template.Royalties.Zone))).To;
}
