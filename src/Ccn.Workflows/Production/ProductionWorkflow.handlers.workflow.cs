using Ccn.Domain.Events;
using Ccn.Domain.Production;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Production;

public sealed partial class ProductionWorkflow
{
    /// <summary>The seller paid the deposit, or, after a passed inspection, the balance.</summary>
    [WorkflowUpdate("ConfirmPayment")]
    public async Task<WorkflowStatus> ConfirmPaymentAsync(ConfirmOrderPayment command)
    {
        var before = gate;
        if (command.Payment is OrderPayment.Deposit) { depositPaid = true; }
        else { balancePaid = true; }

        await Workflow.WaitConditionAsync(() => gate != before);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ConfirmPaymentAsync))]
    public void ValidateConfirmPayment(ConfirmOrderPayment command)
    {
        RequireSeller(command.SellerId);
        var (expected, done) = command.Payment is OrderPayment.Deposit ? (OrderGate.Deposit, depositPaid) : (OrderGate.Balance, balancePaid);
        if (done) { throw Refusal.Conflict($"The {command.Payment} is paid."); }
        if (gate != expected) { throw Refusal.Conflict(command.Payment is OrderPayment.Balance ? "The balance is due after a passed inspection." : $"The order is {progress.State}."); }
    }

    /// <summary>A fact the supplier reports, who is told when it cannot be so yet. Milestones only go forward, except that a reworked lot is ready again.</summary>
    [WorkflowUpdate("ReportMilestone")]
    public Task ReportMilestoneAsync(MilestoneReported report) => MilestoneReportedAsync(report);

    [WorkflowUpdateValidator(nameof(ReportMilestoneAsync))]
    public void ValidateReportMilestone(MilestoneReported report)
    {
        if (IsTooEarly(report)) { throw Refusal.Conflict("Goods are shipped after a passed inspection. Report that the lot is ready for it first."); }
    }

    /// <summary>The same from a provider that waits for no answer: what comes too early is dropped, and counts when it comes again later.</summary>
    [WorkflowSignal("milestoneReported")]
    public async Task MilestoneReportedAsync(MilestoneReported report)
    {
        if (gate is OrderGate.Closed || (IsTooEarly(report) && Workflow.Patched(ProductionPatches.ShippedAfterInspection)) || !handled.TryAdd(report.ReportId)) { return; }

        var again = report.Milestone is Milestone.ReadyForInspection && gate is OrderGate.Making && !lotIsReady;
        if (!again && reached.Exists(milestone => milestone >= report.Milestone)) { return; }

        reached.Add(report.Milestone);
        if (report.Milestone is Milestone.ReadyForInspection) { lotIsReady = true; }
        await progress.RecordAsync($"milestone-{report.ReportId}", null, new MilestoneReached(OrderId, report.Milestone, report.At, report.Note));
    }

    // Goods leave after a passed inspection.
    private bool IsTooEarly(MilestoneReported report) => report.Milestone is Milestone.Shipped && gate is OrderGate.Placing or OrderGate.Deposit or OrderGate.Making;

    /// <summary>The result of an inspection, judged by the plan of the lot's size.</summary>
    [WorkflowUpdate("RecordInspection")]
    public async Task<InspectionVerdict> RecordInspectionAsync(RecordInspection command)
    {
        lotIsReady = false;
        findings = command.Findings;
        var plan = PlanFor(command.Findings);
        var result = new InspectionVerdict(plan, AqlPlans.Passes(plan, command.Findings), ++inspections);
        verdict = result;
        await Workflow.WaitConditionAsync(() => gate is not OrderGate.Making || verdict != result);
        return result;
    }

    [WorkflowUpdateValidator(nameof(RecordInspectionAsync))]
    public void ValidateRecordInspection(RecordInspection command)
    {
        RequireSeller(command.SellerId);
        if (gate is not OrderGate.Making || !lotIsReady) { throw Refusal.Conflict("No lot is ready for inspection."); }

        var found = command.Findings;
        if (found.LotSize < 1 || found.Critical < 0 || found.Major < 0 || found.Minor < 0) { throw Refusal.Invalid("A lot has units, and findings are not negative."); }
        if (found.SampleSize < PlanFor(found).SampleSize) { throw Refusal.Invalid(FormattableString.Invariant($"The plan for {found.LotSize} units asks for a sample of {PlanFor(found).SampleSize}.")); }
    }

    /// <summary>What was counted on arrival, with what is short, over or damaged.</summary>
    [WorkflowUpdate("RecordReceipt")]
    public async Task<Receipt> RecordReceiptAsync(RecordReceipt command)
    {
        receipt = new(input.Quote.Quantity, command.Received, command.Damaged);
        await Workflow.WaitConditionAsync(() => gate is OrderGate.Closed);
        return receipt;
    }

    [WorkflowUpdateValidator(nameof(RecordReceiptAsync))]
    public void ValidateRecordReceipt(RecordReceipt command)
    {
        RequireSeller(command.SellerId);
        if (gate is not OrderGate.Receiving || receipt is not null) { throw Refusal.Conflict($"The order is {progress.State}."); }
        if (command.Received < 0 || command.Damaged < 0 || command.Damaged > command.Received) { throw Refusal.Invalid("Counted units are not negative, and no more are damaged than arrived."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    private SamplingPlan PlanFor(InspectionFindings found) => AqlPlans.Normal(found.LotSize, input.Rules.MajorAql, input.Rules.MinorAql);

    private void RequireSeller(string userId)
    {
        if (userId != input.SellerId) { throw Refusal.Conflict("Only the licence's seller acts on the order."); }
    }
}
