using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Production;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Production;

/// <summary>Production orders with the milestones and inspections on the way.</summary>
internal static class OrderProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var orderId = e.Data switch
        {
            OrderPlaced placed => placed.OrderId,
            OrderPaymentConfirmed payment => payment.OrderId,
            MilestoneReached reached => reached.OrderId,
            InspectionRecorded inspection => inspection.OrderId,
            GoodsReceived received => received.OrderId,
            OrderClosed closed => closed.OrderId,
            OrderCanceled canceled => canceled.OrderId,
            _ => null,
        };
        if (orderId is null) { return; }

        var order = await db.Orders.RowAsync(() => new() { Id = orderId }, cancel, orderId);
        if (e.DesignId is not null) { order.DesignId = e.DesignId; }

        await RecordAsync(db, order, e, cancel);
        await db.Milestones.Where(m => m.OrderId == orderId).LoadAsync(cancel);
        await db.Inspections.Where(i => i.OrderId == orderId).LoadAsync(cancel);
        order.State = StateOf(order, [.. db.Milestones.Local.Where(m => m.OrderId == orderId)], [.. db.Inspections.Local.Where(i => i.OrderId == orderId)]);
    }

    private static async Task RecordAsync(CcnDbContext db, OrderView order, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case OrderPlaced placed:
                (order.PlacedAt, order.RfqId, order.QuoteId, order.Supplier) = (e.OccurredAt, placed.RfqId, placed.QuoteId, placed.Supplier);
                (order.Quantity, order.UnitPriceMinor, order.TotalMinor) = (placed.Quantity, placed.UnitPrice.MinorUnits, placed.Total.MinorUnits);
                (order.DepositMinor, order.Currency, order.ProviderReference) = (placed.Deposit.MinorUnits, placed.Total.Currency, placed.ProviderReference);
                break;
            case OrderPaymentConfirmed { Payment: "Deposit" }:
                order.DepositPaidAt = e.OccurredAt;
                break;
            case OrderPaymentConfirmed:
                order.BalancePaidAt = e.OccurredAt;
                break;
            case MilestoneReached reached:
                await db.Milestones.RowAsync(
                    () => new() { Sequence = e.Sequence, OrderId = order.Id, Milestone = reached.Milestone, At = reached.At.ToUniversalTime(), Note = reached.Note }, cancel, e.Sequence);
                break;
            case InspectionRecorded inspection:
                await db.Inspections.RowAsync(
                    () => new()
                    {
                        OrderId = order.Id, Number = inspection.Number, Findings = inspection.Findings, Plan = inspection.Plan, Passed = inspection.Passed, RecordedAt = e.OccurredAt,
                    },
                    cancel, order.Id, inspection.Number);
                break;
            case GoodsReceived received:
                (order.ReceivedAt, order.Received, order.Damaged) = (e.OccurredAt, received.Receipt.Received, received.Receipt.Damaged);
                break;
            case OrderClosed:
                order.ClosedAt = e.OccurredAt;
                break;
            case OrderCanceled canceled:
                (order.CanceledAt, order.CancelReason) = (e.OccurredAt, canceled.Reason);
                break;
        }
    }

    private static OrderState StateOf(OrderView order, IReadOnlyList<MilestoneView> milestones, IReadOnlyList<InspectionView> inspections)
    {
        var last = inspections.MaxBy(i => i.Number);
        bool Has(Milestone milestone) => milestones.Any(m => m.Milestone == milestone);
        return order switch
        {
            { CanceledAt: not null } => OrderState.Canceled,
            { ClosedAt: not null } => OrderState.Closed,
            { ReceivedAt: not null } => OrderState.Received,
            _ when Has(Milestone.Shipped) => OrderState.Shipped,
            { BalancePaidAt: not null } => OrderState.BalancePaid,
            _ when last is { Passed: true } => OrderState.InspectionPassed,
            _ when last is not null && !milestones.Any(m => m.Milestone is Milestone.ReadyForInspection && m.At > last.RecordedAt) => OrderState.Rework,
            _ when Has(Milestone.ReadyForInspection) => OrderState.ReadyForInspection,
            _ when Has(Milestone.InProduction) => OrderState.InProduction,
            _ when Has(Milestone.SampleApproved) => OrderState.SampleApproved,
            _ when order.DepositPaidAt is not null || Has(Milestone.DepositReceived) => OrderState.DepositPaid,
            _ => OrderState.Placed,
        };
    }
}
