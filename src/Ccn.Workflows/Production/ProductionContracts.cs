using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Workflows.Sourcing;
using Temporalio.Activities;

namespace Ccn.Workflows.Production;

/// <summary>Input of <c>Production</c> (<c>production/{orderId}</c>).</summary>
public sealed record ProductionInput(string OrderId, string LicenceId, string DesignId, string CreatorId, string SellerId, ApprovedQuote Quote, ProductionRules Rules);

/// <summary>Update <c>ConfirmPayment</c> by the seller: the deposit, or the balance after a passed inspection.</summary>
public sealed record ConfirmOrderPayment(string SellerId, OrderPayment Payment);
public enum OrderPayment { Deposit, Balance }
/// <summary>Signal <c>milestoneReported</c> by the supplier's signed link or the network. Repeats of a report id are dropped.</summary>
public sealed record MilestoneReported(string ReportId, Milestone Milestone, DateTimeOffset At, string? Note);
/// <summary>Update <c>RecordInspection</c>.</summary>
public sealed record RecordInspection(string SellerId, InspectionFindings Findings);
public sealed record InspectionVerdict(SamplingPlan Plan, bool Passed, int Number);
/// <summary>Update <c>RecordReceipt</c>: what was counted on arrival.</summary>
public sealed record RecordReceipt(string SellerId, int Received, int Damaged);

public sealed record ProductionResult(string OrderId, Receipt Receipt);

public interface IProductionActivities
{
    /// <summary>Places the order with the supplier and returns its reference there. Repeats find the first order.</summary>
    [Activity("Production.PlaceOrder")]
    Task<PlacedOrder> PlaceOrderAsync(PlaceOrderInput input);

    /// <summary>Tells the supplier of a payment, a failed inspection that needs rework, or the receipt.</summary>
    [Activity("Production.TellSupplier")]
    Task TellSupplierAsync(TellSupplierInput input);
}

public sealed record PlaceOrderInput(string IdempotencyKey, string OrderId, string DesignId, ApprovedQuote Quote, Money Deposit);
public sealed record PlacedOrder(string? ProviderReference);
public sealed record TellSupplierInput(string IdempotencyKey, string OrderId, string SupplierId, string Kind, string? Detail);
