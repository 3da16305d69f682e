using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Payouts;

public sealed partial class PayeePayoutWorkflow
{
    [WorkflowSignal("earningsAvailable")]
    public Task EarningsAvailableAsync(EarningsAvailable earnings)
    {
        if (handled.TryAdd(earnings.StatementId)) { earningsWaiting = true; }

        return Task.CompletedTask;
    }

    /// <summary>The payee set where the money goes: what is held or came back is tried again.</summary>
    [WorkflowSignal("methodChanged")]
    public async Task MethodChangedAsync(PayoutMethodSet change)
    {
        if (!handled.TryAdd(change.MessageId)) { return; }

        (prepareAgain, methodWasChanged) = (true, true);
        if (phase is PayoutPhase.Earning || returnedBecause is not null) { (earningsWaiting, returnedBecause) = (true, null); }
        await progress.RecordAsync($"{change.MessageId}:method-changed", input.PayeeId, new PayoutMethodChanged(input.PayeeId, change.Method));
    }

    /// <summary>A webhook about a payout: it decides nothing, the provider is asked.</summary>
    [WorkflowSignal("providerEvent")]
    public async Task ProviderEventAsync(PayoutProviderEvent message)
    {
        if (!handled.TryAdd(message.MessageId)) { return; }

        if (message.PayoutId == payoutId) { askProvider = true; }
        if (sentBefore.Find(payout => payout.PayoutId == message.PayoutId) is { } past) { await FollowUpAsync(past); }
    }

    /// <summary>Finance approves exactly the prepared payload; large payouts want a second person. An approval that completed it is answered again.</summary>
    [WorkflowUpdate("Approve")]
    public async Task<WorkflowStatus> ApproveAsync(ApprovePayout command)
    {
        if (approvals.Count < ApproversNeeded) { approvals.Add(command); }

        // The first of two is answered when it is on record; the last one when the payout goes on.
        var nth = approvals.Count;
        await Workflow.WaitConditionAsync(() => !IsApprovable || (nth < ApproversNeeded && approvalsOnRecord >= nth));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(ApprovePayout command)
    {
        if (command.FinanceId == input.PayeeId) { throw Refusal.Conflict("Nobody approves a payout to themselves."); }
        if (command.PayoutId != payoutId) { throw Refusal.Conflict("This payout does not wait for an approval."); }
        if (prepared is not null && approvals.Count == ApproversNeeded && prepared.PayloadHash == command.PayloadHash) { return; }
        if (!IsApprovable || approvals.Count == ApproversNeeded) { throw Refusal.Conflict($"The payout is {progress.State}."); }
        if (command.PayloadHash != prepared!.PayloadHash) { throw Refusal.Conflict("The payout is not the one that was approved: its hash differs."); }
        if (approvals.Exists(given => given.FinanceId == command.FinanceId)) { throw Refusal.Conflict("You have approved this payout. The second approval is another person's."); }
        if (heldByFinance is not null) { throw Refusal.Conflict("The payee's payouts are held."); }
    }

    // From its preparation on, before its record has answered: whoever sees the payout may approve it.
    private bool IsApprovable => prepared is not null && phase is PayoutPhase.Preparing or PayoutPhase.Approval;

    private int ApproversNeeded => prepared is null ? 1 : input.Rules.ApproversOf(prepared.Amount);

    /// <summary>Finance stops the payee's payouts; what is under way is not called back.</summary>
    [WorkflowUpdate("Hold")]
    public async Task<WorkflowStatus> HoldAsync(HoldPayouts command)
    {
        heldByFinance = command.Reason;
        var step = FormattableString.Invariant($"held-{++holds}");
        var balance = prepared ?? await PrepareAsync();
        await progress.RecordAsync(step, command.FinanceId, new PayoutHeld(input.PayeeId, command.Reason, balance.Amount));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(HoldAsync))]
    public void ValidateHold(HoldPayouts command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A hold has a reason."); }
        if (heldByFinance is not null) { throw Refusal.Conflict("The payee's payouts are held already."); }
    }

    [WorkflowUpdate("Release")]
    public async Task<WorkflowStatus> ReleaseAsync(ReleasePayouts command)
    {
        heldByFinance = null;
        prepareAgain = true;
        if (phase is PayoutPhase.Earning) { earningsWaiting = true; }
        await progress.RecordAsync(FormattableString.Invariant($"released-{holds}"), command.FinanceId, new PayoutReleased(input.PayeeId, command.Reason));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ReleaseAsync))]
    public void ValidateRelease(ReleasePayouts command)
    {
        if (heldByFinance is null) { throw Refusal.Conflict("The payee's payouts are not held."); }
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A release has a reason."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);
}
