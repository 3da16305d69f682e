using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Production;

/// <summary>One purchase order: deposit, milestones, inspection until a lot passes, balance, receipt. Nothing moves by date alone, and no balance before a passed inspection.</summary>
[Workflow("Production")]
public sealed partial class ProductionWorkflow
{
    private readonly ProductionInput input;
    private readonly WorkflowProgress progress;
    private readonly HandledMessages handled = new();
    private readonly List<Milestone> reached = [];
    private OrderGate gate = OrderGate.Placing;
    private bool depositPaid;
    private bool balancePaid;
    private bool lotIsReady;
    private int inspections;
    private InspectionVerdict? verdict;
    private InspectionFindings? findings;
    private Receipt? receipt;

    [WorkflowInit]
    public ProductionWorkflow(ProductionInput input)
    {
        this.input = input;
        progress = new(input.DesignId, "Production", "Placing");
    }

    /// <summary>How far the order may go: each gate is opened by a person or a passed inspection.</summary>
    private enum OrderGate { Placing, Deposit, Making, Balance, Receiving, Closed }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private string OrderId => input.OrderId;
    private Money Deposit => MoneyMath.Share(input.Quote.Total, input.Rules.DepositPercent * 100);
    private Money Balance => input.Quote.Total - Deposit;

    public static string IdFor(string orderId) => $"production/{orderId}";

    [WorkflowRun]
    public async Task<ProductionResult> RunAsync(ProductionInput input)
    {
        try
        {
            await PlaceAsync();
            await PaymentAsync(OrderPayment.Deposit, Deposit, () => depositPaid);
            await LotPassesAsync();
            await PaymentAsync(OrderPayment.Balance, Balance, () => balancePaid);
            return await ReceiveAsync();
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await TellSupplierAsync("canceled", null);
            await progress.RecordAsync("canceled", null, new OrderCanceled(OrderId, "The order was canceled."));
            progress.Working("Canceled");
            gate = OrderGate.Closed;
            await WorkflowTime.HandlersFinishedAsync();
            throw;
        }
    }

    private async Task PlaceAsync()
    {
        progress.Working("Placing");

        // Detached: an order that reached the supplier must be known here, or nobody could cancel it there.
        var placed = await progress.RequireAsync("place-order", () => Workflow.ExecuteActivityAsync(
            (IProductionActivities a) => a.PlaceOrderAsync(new($"{OrderId}:place", OrderId, input.DesignId, input.Quote, Deposit)), ActivityPolicies.Provider.Detached().Titled("Place the order")));
        if (!Deposit.IsZero) { gate = OrderGate.Deposit; }   // before the record: whoever sees the order may pay for it

        await progress.RecordAsync("placed", input.SellerId, new OrderPlaced(OrderId, input.Quote.RfqId, input.Quote.QuoteId, input.Quote.Supplier,
            input.Quote.Quantity, input.Quote.UnitPrice, input.Quote.Total, Deposit, placed.ProviderReference));
    }

    private async Task PaymentAsync(OrderPayment payment, Money amount, Func<bool> paid)
    {
        if (payment is OrderPayment.Balance) { gate = OrderGate.Balance; }

        if (!amount.IsZero)
        {
            await progress.EnterStageAsync(DesignStage.InProduction, payment is OrderPayment.Deposit ? "Placed" : "Inspected", $"the seller's payment of the {payment.ToString().ToLowerInvariant()}", Party.Seller, relatedId: OrderId);
            await Workflow.WaitConditionAsync(paid);
            await progress.RecordAsync($"{payment}:paid", input.SellerId, new OrderPaymentConfirmed(OrderId, payment.ToString(), amount));
            await TellSupplierAsync($"{payment.ToString().ToLowerInvariant()}-paid", amount.ToString());
        }

        gate = payment is OrderPayment.Deposit ? OrderGate.Making : OrderGate.Receiving;
    }

    private async Task LotPassesAsync()
    {
        while (verdict is not { Passed: true })
        {
            verdict = null;
            await progress.EnterStageAsync(DesignStage.InProduction, inspections == 0 ? "DepositPaid" : "Rework", inspections == 0 ? "production up to the inspection" : "the rework of the refused lot", Party.Supplier, relatedId: OrderId);
            await Workflow.WaitConditionAsync(() => lotIsReady);
            await progress.EnterStageAsync(DesignStage.InProduction, "ReadyForInspection", "the result of the inspection", Party.Seller, relatedId: OrderId);
            await Workflow.WaitConditionAsync(() => verdict is not null);
            await progress.RecordAsync(FormattableString.Invariant($"inspection-{verdict!.Number}"), input.SellerId,
                new InspectionRecorded(OrderId, verdict.Number, findings!, verdict.Plan, verdict.Passed));
            if (!verdict.Passed)
            {
                await TellSupplierAsync(FormattableString.Invariant($"rework-{verdict.Number}"),
                    FormattableString.Invariant($"critical {findings!.Critical}, major {findings.Major}, minor {findings.Minor} in {findings.SampleSize}"));
            }
        }
    }

    private async Task<ProductionResult> ReceiveAsync()
    {
        await progress.EnterStageAsync(DesignStage.InProduction, reached.Contains(Milestone.Shipped) ? "Shipped" : "BalancePaid", "the goods and their count on arrival", Party.Seller, relatedId: OrderId);
        await Workflow.WaitConditionAsync(() => receipt is not null);
        progress.Working("Received");
        await progress.RecordAsync("received", input.SellerId, new GoodsReceived(OrderId, receipt!));
        await TellSupplierAsync("received", DescribeReceipt(receipt!));
        await progress.RecordAsync("closed", null, new OrderClosed(OrderId));
        progress.Working("Closed");
        gate = OrderGate.Closed;
        await WorkflowTime.HandlersFinishedAsync();
        return new(OrderId, receipt!);
    }

    private string DescribeReceipt(Receipt counted)
    {
        var tolerated = counted.Ordered * input.Rules.OverUnderTolerancePercent / 100m;
        var claim = counted.Damaged > 0 || counted.Short > tolerated || counted.Over > tolerated;
        return FormattableString.Invariant($"received {counted.Received} of {counted.Ordered}: short {counted.Short}, over {counted.Over}, damaged {counted.Damaged}; {(claim ? "claim follows" : "accepted")}");
    }

    private Task TellSupplierAsync(string kind, string? detail) => progress.TryAsync($"tell-{kind}", () => Workflow.ExecuteActivityAsync(
        (IProductionActivities a) => a.TellSupplierAsync(new($"{OrderId}:tell:{kind}", OrderId, input.Quote.Supplier.SupplierId, kind, detail)), ActivityPolicies.Provider.Detached().Titled($"Tell the supplier: {kind}")));
}
