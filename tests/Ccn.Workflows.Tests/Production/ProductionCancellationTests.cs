using Ccn.Domain.Events;
using Ccn.Domain.Production;
using Ccn.Testing;
using Ccn.Workflows.Production;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Production;

public class ProductionCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly string[] Waits = ["Placed", "DepositPaid", "ReadyForInspection", "Inspected", "BalancePaid"];

    public static TheoryData<string> States => new(Waits);

    [Theory, MemberData(nameof(States))]
    public async Task The_supplier_is_told_of_a_canceled_order_and_what_was_paid_stays_on_record(string state)
    {
        await using var world = World.Start(temporal.Environment);
        var order = await world.StartAsync((ProductionWorkflow wf) => wf.RunAsync(new("po_1", "lic_1", "dsg_1", "usr_ada", "usr_bob", Samples.Approved, Samples.Template.Production)), ProductionWorkflow.IdFor("po_1"));
        foreach (var wait in Waits.TakeWhile(wait => wait != state)) { await PassAsync(order, wait); }

        Assert.Equal("Canceled", (await Canceled.AtAsync(world, order, state)).State);
        Assert.Equal("canceled", world.Log.Of("tell")[^1]);
        Assert.Equal("po_1", world.Events.One<OrderCanceled>().OrderId);
        Assert.Equal(state switch { "Placed" => [], "BalancePaid" => [63_000, 147_000], _ => [63_000L] }, world.Events.Of<OrderPaymentConfirmed>().Select(payment => payment.Amount.MinorUnits));
        Assert.Empty(world.Events.Of<OrderClosed>());
    }

    /// <summary>What ends the wait.</summary>
    private static async Task PassAsync(WorkflowHandle<ProductionWorkflow> order, string wait)
    {
        await Eventually.StandsAtAsync(order, wait);
        await (wait switch
        {
            "Placed" => order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_bob", OrderPayment.Deposit))),
            "DepositPaid" => order.SignalAsync(wf => wf.MilestoneReportedAsync(new("r1", Milestone.ReadyForInspection, DateTimeOffset.UnixEpoch, null))),
            "ReadyForInspection" => order.ExecuteUpdateAsync(wf => wf.RecordInspectionAsync(new("usr_bob", new(500, 50, 0, 0, 0)))),
            _ => order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_bob", OrderPayment.Balance))),
        });
    }
}
