using Ccn.Testing;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Sales;

public class SalesIntakeCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task A_canceled_intake_says_so_and_pulls_no_more()
    {
        await using var world = World.Start(temporal.Environment);
        var intake = await StartAsync(world);
        Assert.Equal("Canceled", (await Canceled.AtAsync(world, intake, "Waiting")).State);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(world.Log.Of("pull"));
    }

    [Fact]
    public async Task Canceled_during_a_pull_it_leaves_no_run_behind_and_the_next_intake_takes_the_span_again()
    {
        await using var world = World.Start(temporal.Environment);
        var pulled = world.Log.Hold("pull", "sac_1");
        var intake = await StartAsync(world);
        await intake.SignalAsync(wf => wf.OrderNoticedAsync(new("n1")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("pull").Count == 1));
        Assert.Equal("Canceled", (await Canceled.AtAsync(world, intake, "Pulling")).State);
        pulled.SetResult();

        var since = world.Amazon.Pulls.Single().Since;
        var next = await world.StartAsync((SalesIntakeWorkflow wf) => wf.RunAsync(new("sac_1", TimeSpan.FromMinutes(15), since, 1, null)), SalesIntakeWorkflow.IdFor("sac_1"));
        await next.ExecuteUpdateAsync(wf => wf.PullNowAsync(new("usr_bob")));
        Assert.Equal([since, since], world.Amazon.Pulls.Select(pull => pull.Since));
    }

    private static async Task<WorkflowHandle<SalesIntakeWorkflow>> StartAsync(World world)
    {
        var now = await world.NowAsync();
        return await world.StartAsync((SalesIntakeWorkflow wf) => wf.RunAsync(new("sac_1", TimeSpan.FromMinutes(15), now, 1, null)), SalesIntakeWorkflow.IdFor("sac_1"));
    }
}
