using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Notifications;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Notifications;

public class NoticeDeliveryWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task It_starts_with_the_first_notice_and_takes_batches_until_nothing_is_due()
    {
        await using var world = World.Start(temporal.Environment);
        foreach (var more in new[] { true, true, false }) { world.Notices.Batches.Enqueue(new(20, 0, more)); }

        await NoticesDue.SignalAsync(world.Client);
        await DeliveredAsync(world, 3);
        await NoticesDue.SignalAsync(world.Client);
        await DeliveredAsync(world, 4);
    }

    [Fact]
    public async Task What_becomes_due_during_a_delivery_is_looked_for_once_more()
    {
        await using var world = World.Start(temporal.Environment);
        var held = world.Log.Hold("deliver", "due");
        await NoticesDue.SignalAsync(world.Client);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("deliver").Count == 1));
        for (var notice = 0; notice < 5; notice++) { await NoticesDue.SignalAsync(world.Client); }

        held.SetResult();
        await DeliveredAsync(world, 2);
        Assert.Equal(2, world.Log.Of("deliver").Count);
    }

    [Fact]
    public async Task What_nobody_took_is_sent_again_by_itself()
    {
        await using var world = World.Start(temporal.Environment);
        var again = await world.NowAsync() + TimeSpan.FromMinutes(30);
        world.Notices.Batches.Enqueue(new(0, 0, false, again));
        await NoticesDue.SignalAsync(world.Client);
        await DeliveredAsync(world, 1);
        Assert.Equal(again, (await Delivery(world).QueryAsync(wf => wf.Status)).Until);
        await world.PassAsync(TimeSpan.FromMinutes(31));
        await DeliveredAsync(world, 2);
        Assert.Null((await Delivery(world).QueryAsync(wf => wf.Status)).Until);
    }

    [Fact]
    public async Task A_failure_that_nobody_expects_parks_it_until_an_operator_lets_it_try_again()
    {
        await using var world = World.Start(temporal.Environment);
        world.Log.FailOnce("deliver", FailureTypes.ProviderContract);
        await NoticesDue.SignalAsync(world.Client);
        var delivery = Delivery(world);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<NeedsAttentionRaised>().Count > 0));
        Assert.Equal("deliver", world.Events.One<NeedsAttentionRaised>().Step);
        await Eventually.StandsAtAsync(delivery, "NeedsAttention");
        await delivery.ExecuteUpdateAsync(wf => wf.ResolveAsync(new("deliver", StepResolution.Retry, "The server is back.", "usr_ops")));
        await DeliveredAsync(world, 2);
    }

    [Fact]
    public async Task Canceled_it_says_so_and_the_next_notice_starts_it_again()
    {
        await using var world = World.Start(temporal.Environment);
        await NoticesDue.SignalAsync(world.Client);
        await DeliveredAsync(world, 1);
        Assert.Equal("Canceled", (await Canceled.AtAsync(world, world.Client.GetWorkflowHandle(NoticeDeliveryWorkflow.Id), "Waiting")).State);
        await NoticesDue.SignalAsync(world.Client);
        await DeliveredAsync(world, 2);
    }

    private static WorkflowHandle<NoticeDeliveryWorkflow> Delivery(World world) => world.Client.GetWorkflowHandle<NoticeDeliveryWorkflow>(NoticeDeliveryWorkflow.Id);

    private static Task DeliveredAsync(World world, int times) => Eventually.AsyncTrue(async () =>
        world.Log.Of("deliver").Count >= times && (await Delivery(world).QueryAsync(wf => wf.Status)).State == "Waiting");
}
