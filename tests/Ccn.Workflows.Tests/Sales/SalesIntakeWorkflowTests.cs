using Ccn.Testing;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Sales;

public class SalesIntakeWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task It_pulls_at_the_interval_from_the_last_watermark_and_continues_as_new()
    {
        await using var world = World.Start(temporal.Environment);
        var intake = await StartAsync(world);
        await world.PassAsync(TimeSpan.FromHours(26));
        var pulls = world.Amazon.Pulls.ToList();
        Assert.InRange(pulls.Count, 102, 105);
        Assert.All(pulls.Zip(pulls.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.Since));
        Assert.NotEqual(intake.ResultRunId, (await world.Client.GetWorkflowHandle(intake.Id).DescribeAsync()).RunId);
    }

    [Fact]
    public async Task A_notice_pulls_once_however_often_it_comes_also_across_runs()
    {
        await using var world = World.Start(temporal.Environment);
        var intake = await StartAsync(world, ["n0"]);
        await intake.SignalAsync(wf => wf.OrderNoticedAsync(new("n0")));
        for (var repeat = 0; repeat < 3; repeat++) { await intake.SignalAsync(wf => wf.OrderNoticedAsync(new("n1"))); }

        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("pull").Count == 1));
        await intake.ExecuteUpdateAsync(wf => wf.PullNowAsync(new("usr_bob")));
        Assert.Equal(2, world.Log.Of("pull").Count);
    }

    [Fact]
    public async Task A_shorter_interval_counts_from_now()
    {
        await using var world = World.Start(temporal.Environment);
        var intake = await StartAsync(world);
        await intake.SignalAsync(wf => wf.ChangeIntervalAsync(new(TimeSpan.FromMinutes(1))));
        await Eventually.AsyncTrue(async () => (await intake.QueryAsync(wf => wf.Status)).Until <= await world.NowAsync() + TimeSpan.FromMinutes(1));
        await world.PassAsync(TimeSpan.FromMinutes(5.5));
        Assert.Equal(5, world.Log.Of("pull").Count);
    }

    private static async Task<WorkflowHandle<SalesIntakeWorkflow>> StartAsync(World world, IReadOnlyList<string>? handled = null)
    {
        var now = await world.NowAsync();
        return await world.StartAsync((SalesIntakeWorkflow wf) => wf.RunAsync(new("sac_1", Interval, now, 1, handled)), SalesIntakeWorkflow.IdFor("sac_1"));
    }
}
