using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Sourcing;
using Ccn.Workflows.Tests.Fakes;

namespace Ccn.Workflows.Tests.Sourcing;

public class SourcingCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Theory]
    [InlineData("Preparing", false)]
    [InlineData("Open", true)]
    [InlineData("Quoted", true)]
    public async Task A_canceled_request_is_closed_and_every_supplier_that_was_asked_is_told(string state, bool asked)
    {
        await using var world = World.Start(temporal.Environment);
        var sourcing = await world.StartAsync((SourcingWorkflow wf) => wf.RunAsync(new("lic_1", "dsg_1", "usr_ada", "usr_bob", Samples.Template.Sourcing)), SourcingWorkflow.IdFor("lic_1"));
        if (asked) { await sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_1", "usr_bob", 500, "A mug", new[] { "sup_1", "sup_2", "sup_3" }))); }
        if (state == "Quoted")
        {
            var quote = Samples.Quote("qte_1", "sup_1", (await world.NowAsync()).AddDays(15));
            await sourcing.SignalAsync(wf => wf.SupplierQuotedAsync(new("r1", "rfq_1", quote)));
        }

        Assert.Equal("Closed", (await Canceled.AtAsync(world, sourcing, state)).State);
        Assert.Equal(asked ? ["sup_1=closed", "sup_2=closed", "sup_3=closed"] : [], world.Log.Of("outcome"));
        Assert.Equal(asked ? ["The sourcing was canceled."] : [], world.Events.Of<RfqClosed>().Select(closed => closed.Reason));
        Assert.Empty(world.Events.Of<QuoteApproved>());
        Assert.Empty(world.Log.Of("remind"));
    }
}
