using Ccn.Api.Designs;
using Ccn.Api.Payouts;
using Ccn.Api.Production;
using Ccn.Api.Royalties;
using Ccn.Data.Payouts;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>What a first start shows: sixty designs that have lived, the host killed once while they did.</summary>
public sealed class DemoHistoryTests
{
    private const int Designs = 60;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interrupted_demo_history_is_lived_to_its_end_with_something_in_every_stage()
    {
        var home = Directory.CreateTempSubdirectory("ccn-history-");
        try
        {
            await using (var first = await StartAsync(home.FullName))
            {
                await first.SaysAsync("2026", Limit, Cancel);   // the first quarter of the days has gone by
                await first.KillAsync();
            }

            await using var host = await StartAsync(home.FullName);
            await host.SaysAsync("Demo history lived in", Limit, Cancel);
            var end = host.Output[host.Output.LastIndexOf("Demo history:", StringComparison.Ordinal)..];
            Assert.False(end.Contains("A story stopped", StringComparison.Ordinal), end);

            using var stage = await DemoStage.ConnectAsync(host.Url, host.SandboxUrl, DemoPeople.All, new RealTime(), DemoStage.SeedOf(home.FullName), Cancel);
            await EveryDesignIsWhereItsPlanEndsAsync(stage.World);
            await MoneyHasMovedAsync(stage.World.Cast);
        }
        finally { home.Delete(recursive: true); }
    }

    private static Task<HostProcess> StartAsync(string home) => HostProcess.StartAsync(home, [], Cancel);

    private static async Task EveryDesignIsWhereItsPlanEndsAsync(World world)
    {
        var (contests, single) = HistoryPlan.Make(Designs, DemoHistory.Length.TotalDays);
        using var journal = StoryJournal.InMemory();
        foreach (var plan in single)
        {
            var designId = new Story(plan.Name, world, journal, new Transcript(), Cancel).Id(Ids.Design, "design");
            var creator = world.Cast[plan.Creator];
            var detail = await creator.GetAsync<DesignDetail>($"/v1/designs/{designId}", Cancel);
            Assert.True(StagesOf(plan.Goal).Contains(detail.Design.Stage), $"{plan.Name}, {plan.Goal}: {detail.Design.Stage}");
            var timeline = await creator.GetAsync<IReadOnlyList<TimelineEntry>>($"/v1/designs/{designId}/timeline", Cancel);
            if (plan.Goal is LifeGoal.Lapsed) { Assert.Contains(timeline, entry => entry.Type == "bidding.lapsed"); }
            if (plan.Goal is LifeGoal.FailedInspection) { Assert.Contains((await OrderOfAsync(world.Cast[plan.Seller], designId)).Inspections, inspection => !inspection.Passed); }
            if (plan.LateSupplier) { Assert.Contains(timeline, entry => entry.Type == "sourcing.invitation_changed" && entry.Summary.Contains("reminded", StringComparison.Ordinal)); }
        }

        // Of each challenge that is decided, the first entry has gone on.
        foreach (var winner in contests.Where(contest => contest.Entries[0].Goal is not LifeGoal.Published).Select(contest => contest.Entries[0]))
        {
            var designId = new Story(winner.Name, world, journal, new Transcript(), Cancel).Id(Ids.Design, "design");
            Assert.Contains((await world.Cast[winner.Creator].GetAsync<DesignDetail>($"/v1/designs/{designId}", Cancel)).Design.Stage, StagesOf(winner.Goal));
        }
    }

    private static async Task<OrderDetail> OrderOfAsync(Actor seller, string designId)
    {
        var order = (await seller.GetAsync<IReadOnlyList<OrderSummary>>("/v1/orders", Cancel)).Single(candidate => candidate.DesignId == designId);
        return await seller.GetAsync<OrderDetail>($"/v1/orders/{order.OrderId}", Cancel);
    }

    private static async Task MoneyHasMovedAsync(Cast cast)
    {
        var payouts = await cast.Finance.GetAsync<IReadOnlyList<PayoutSummary>>("/v1/payouts", Cancel);
        Assert.Contains(payouts, payout => payout.State is PayoutStatus.Returned);
        Assert.True(payouts.Count(payout => payout.State is PayoutStatus.Confirmed) >= 10, $"{payouts.Count} payouts");
        Assert.Contains(payouts, payout => payout.State is PayoutStatus.Prepared);   // left for whoever looks at the demo
        var statements = await cast.Finance.GetAsync<IReadOnlyList<StatementSummary>>("/v1/statements", Cancel);
        Assert.True(statements.Count(statement => statement.State is StatementState.Final && !statement.Gross.IsZero) >= 20, $"{statements.Count} statements");
        var rates = await cast.Finance.GetAsync<IReadOnlyList<ExchangeRate>>("/v1/exchange-rates", Cancel);
        Assert.Equal(["CNY", "EUR", "GBP"], rates.Select(rate => rate.Currency).Distinct().Order(StringComparer.Ordinal));
        Assert.True(rates.Count >= 36, $"{rates.Count} exchange rates");
        Assert.All((await cast.Finance.TrialBalanceAsync(Cancel)).OutOfBalance(), sum => Assert.Equal(0, sum.Value));
    }

    private static DesignStage[] StagesOf(LifeGoal goal) => goal switch
    {
        LifeGoal.Published => [DesignStage.Published],
        LifeGoal.OpenToBids => [DesignStage.OpenToBids],
        LifeGoal.Lapsed => [DesignStage.Published],
        LifeGoal.Licensing => [DesignStage.Licensing],
        LifeGoal.Sourcing => [DesignStage.Sourcing],
        LifeGoal.InProduction or LifeGoal.FailedInspection => [DesignStage.InProduction],
        LifeGoal.Listed => [DesignStage.Listed],
        LifeGoal.Selling => [DesignStage.Selling],
        LifeGoal.Held => [DesignStage.Held],
        LifeGoal.Refused => [DesignStage.Refused],
        LifeGoal.Withdrawn => [DesignStage.Withdrawn],
        _ => throw new ArgumentOutOfRangeException(nameof(goal), goal, null),
    };
}
