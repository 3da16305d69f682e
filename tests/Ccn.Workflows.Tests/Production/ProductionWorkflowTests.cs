using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Production;
using Ccn.Testing;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Production;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Production;

public class ProductionWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task An_order_runs_from_deposit_to_the_counted_receipt_with_one_rework()
    {
        await using var world = World.Start(temporal.Environment);
        var order = await DepositPaidAsync(world);
        await Refused.WithAsync(FailureTypes.StateConflict, () => InspectAsync(order, 3));
        await ReportAsync(order, "r1", Milestone.InProduction);
        await ReportAsync(order, "r1", Milestone.InProduction);
        await ReadyAsync(world, order, "r2");

        var failed = await InspectAsync(order, 4);
        Assert.Equal((false, 1, new SamplingPlan(50, 0, 3, 5)), (failed.Passed, failed.Number, failed.Plan));
        await Refused.WithAsync(FailureTypes.StateConflict, () => PayAsync(order, OrderPayment.Balance));
        await Refused.WithAsync(FailureTypes.StateConflict, () => InspectAsync(order, 0));
        await ReadyAsync(world, order, "r3");
        Assert.Equal((true, 2), ((await InspectAsync(order, 3)) is var passed ? (passed.Passed, passed.Number) : default));

        await Eventually.StandsAtAsync(order, "Inspected");
        await PayAsync(order, OrderPayment.Balance);
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => order.ExecuteUpdateAsync(wf => wf.RecordReceiptAsync(new("usr_bob", 10, 11))));
        var receipt = await order.ExecuteUpdateAsync(wf => wf.RecordReceiptAsync(new("usr_bob", 490, 5)));
        Assert.Equal((10, 0, 5, 485), (receipt.Short, receipt.Over, receipt.Damaged, receipt.Sellable));

        Assert.Equal(485, (await order.GetResultAsync()).Receipt.Sellable);
        Assert.Equal(["OrderPlaced", "OrderPaymentConfirmed", "MilestoneReached", "MilestoneReached", "InspectionRecorded", "MilestoneReached", "InspectionRecorded", "OrderPaymentConfirmed", "GoodsReceived", "OrderClosed"], world.Events.Story);
        Assert.Equal([63_000L, 147_000L], world.Events.Of<OrderPaymentConfirmed>().Select(payment => payment.Amount.MinorUnits));
        Assert.Equal(["deposit-paid", "rework-1", "balance-paid", "received"], world.Log.Of("tell"));
        Assert.Equal(["po_1:place"], world.Log.Of("order"));
    }

    [Fact]
    public async Task A_shipment_reported_before_a_passed_inspection_is_not_taken()
    {
        await using var world = World.Start(temporal.Environment);
        var order = await DepositPaidAsync(world);
        await ReadyAsync(world, order, "r1");
        await InspectAsync(order, 4);
        await ReportAsync(order, "r2", Milestone.Shipped);
        await Refused.WithAsync(FailureTypes.StateConflict, () => order.ExecuteUpdateAsync(wf => wf.ReportMilestoneAsync(new("r3", Milestone.Shipped, DateTimeOffset.UnixEpoch, null))));
        await ReadyAsync(world, order, "r3");
        await InspectAsync(order, 0);
        await Eventually.StandsAtAsync(order, "Inspected");
        await PayAsync(order, OrderPayment.Balance);
        await Eventually.StandsAtAsync(order, "BalancePaid");
        Assert.DoesNotContain(world.Events.Of<MilestoneReached>(), reached => reached.Milestone is Milestone.Shipped);
        for (var time = 0; time < 2; time++) { await order.ExecuteUpdateAsync(wf => wf.ReportMilestoneAsync(new("r2", Milestone.Shipped, DateTimeOffset.UnixEpoch, null))); }

        Assert.Single(world.Events.Of<MilestoneReached>(), reached => reached.Milestone is Milestone.Shipped);
    }

    [Fact]
    public async Task Only_the_seller_acts_and_nothing_is_paid_twice()
    {
        await using var world = World.Start(temporal.Environment);
        var order = await DepositPaidAsync(world);
        await Refused.WithAsync(FailureTypes.StateConflict, () => PayAsync(order, OrderPayment.Deposit));
        await Refused.WithAsync(FailureTypes.StateConflict, () => order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_eve", OrderPayment.Balance))));
        await ReadyAsync(world, order, "r1");
        Assert.Contains("sample of 50", await Refused.WithAsync(FailureTypes.RequestInvalid,
            () => order.ExecuteUpdateAsync(wf => wf.RecordInspectionAsync(new("usr_bob", new(500, 32, 0, 0, 0))))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sees_the_order_may_pay_the_deposit()
    {
        await using var world = World.Start(temporal.Environment);
        var told = world.Events.Hold<OrderPlaced>();
        var order = await StartAsync(world);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<OrderPlaced>().Count == 1));
        var payment = await order.StartUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_bob", OrderPayment.Deposit)), new(WorkflowUpdateStage.Accepted));
        told.SetResult();
        await payment.GetResultAsync();
        Assert.Equal("Deposit", world.Events.One<OrderPaymentConfirmed>().Payment);
    }

    private static Task<WorkflowHandle<ProductionWorkflow, ProductionResult>> StartAsync(World world) =>
        world.StartAsync((ProductionWorkflow wf) => wf.RunAsync(new("po_1", "lic_1", "dsg_1", "usr_ada", "usr_bob", Samples.Approved, Samples.Template.Production)), ProductionWorkflow.IdFor("po_1"));

    private static async Task<WorkflowHandle<ProductionWorkflow, ProductionResult>> DepositPaidAsync(World world)
    {
        var order = await StartAsync(world);
        await Eventually.StandsAtAsync(order, "Placed");
        await PayAsync(order, OrderPayment.Deposit);
        return order;
    }

    private static Task<WorkflowStatus> PayAsync(WorkflowHandle<ProductionWorkflow> order, OrderPayment payment) => order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_bob", payment)));

    private static Task<InspectionVerdict> InspectAsync(WorkflowHandle<ProductionWorkflow> order, int major) =>
        order.ExecuteUpdateAsync(wf => wf.RecordInspectionAsync(new("usr_bob", new(500, 50, 0, major, 1))));

    private static Task ReportAsync(WorkflowHandle<ProductionWorkflow> order, string id, Milestone milestone) =>
        order.SignalAsync(wf => wf.MilestoneReportedAsync(new(id, milestone, DateTimeOffset.UnixEpoch, null)));

    private static async Task ReadyAsync(World world, WorkflowHandle<ProductionWorkflow> order, string id)
    {
        await Eventually.StandsAtAsync(order, "DepositPaid", "Rework");
        await ReportAsync(order, id, Milestone.ReadyForInspection);
        await Eventually.StandsAtAsync(order, "ReadyForInspection");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<MilestoneReached>().Count > 0));
    }
}
