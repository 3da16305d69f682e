using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Payouts;

/// <summary>One payee's money, one run per payout: earnings, pay day, what can be paid or why not, finance's approval of exactly that, sending, and the provider's word. Payouts that were confirmed may still come back.</summary>
[Workflow("PayeePayout")]
public sealed partial class PayeePayoutWorkflow
{
    /// <summary>Banks return money for weeks; this many payouts are watched, the oldest is dropped first.</summary>
    private const int WatchedPayouts = 50;

    private readonly PayeePayoutInput input;
    private readonly WorkflowProgress progress;
    private readonly HandledMessages handled;
    private readonly List<OpenPayout> sentBefore;
    private readonly string payoutId;
    private PayoutPhase phase = PayoutPhase.Earning;
    private PreparedPayout? prepared;
    private readonly List<ApprovePayout> approvals = [];
    private int approvalsOnRecord;
    private string? heldByFinance;
    private string? returnedBecause;
    private bool earningsWaiting;
    private bool prepareAgain;
    private int holds;

    [WorkflowInit]
    public PayeePayoutWorkflow(PayeePayoutInput input)
    {
        this.input = input;
        payoutId = PayoutIdFor(input.PayeeId, input.Cycle, input.Chain);
        handled = new(input.HandledMessages);
        sentBefore = [.. input.SentBefore];
        earningsWaiting = input.EarningsWaiting;
        heldByFinance = input.HeldReason;
        returnedBecause = input.ReturnedReason;
        progress = new(null, "PayeePayout", "Accrued", FormattableString.Invariant($"/{CycleName(input.Cycle, input.Chain)}"));
    }

    private enum PayoutPhase { Earning, Preparing, Approval, Sending, Sent, Done }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    public static string IdFor(string payeeId) => $"payee/{payeeId}";

    public static WorkflowLabel LabelFor(string payeeId) => new("Payouts to one payee", $"Payee `{payeeId}`, all licences.");

    /// <summary>Id of the payout of a cycle, known before it is made.</summary>
    public static string PayoutIdFor(string payeeId, int cycle, string chain = "") => WorkflowIds.Named(Ids.Payout, $"{payeeId}/{CycleName(cycle, chain)}");

    /// <summary>A name for a chain that begins at an instant.</summary>
    public static string ChainFrom(DateTimeOffset start) => start.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string CycleName(int cycle, string chain) => FormattableString.Invariant($"{(chain.Length == 0 ? "" : chain + "/")}{cycle}");

    [WorkflowRun]
    public async Task RunAsync(PayeePayoutInput input)
    {
        try
        {
            await EarningsAsync();
            if (earningsWaiting)
            {
                var payout = await PreparedAsync();
                await ApprovedAsync(payout);
                await PayAsync(payout);
            }

            phase = PayoutPhase.Done;
            await WorkflowTime.HandlersFinishedAsync();

            // A cancellation waits until money under way has arrived somewhere.
            Workflow.CancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await CanceledAsync();
            throw;
        }

        throw ContinueAsNew();
    }

    /// <summary>A payout that was prepared and not sent is closed, so that its statements are free to be paid by another. No money has moved.</summary>
    private async Task CanceledAsync()
    {
        if (phase is PayoutPhase.Approval) { await progress.RecordAsync("returned", null, new PayoutReturned(payoutId, "The payout was canceled before it was sent.")); }

        phase = PayoutPhase.Done;
        progress.Working("Canceled");
        await WorkflowTime.HandlersFinishedAsync();
    }

    private async Task EarningsAsync()
    {
        ShowEarning();
        await Workflow.WaitConditionAsync(() => earningsWaiting || (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished));
    }

    private void ShowEarning()
    {
        if (returnedBecause is null) { progress.Waiting("Accrued", "earnings of a final statement", Party.None); }
        else { progress.Waiting("Returned", $"another payout method, because the last payout came back: {returnedBecause}", Party.Creator); }
    }

    private async Task<PreparedPayout> PreparedAsync()
    {
        await PayDayAsync();
        while (true)
        {
            await NotHeldByFinanceAsync();
            phase = PayoutPhase.Preparing;
            (prepareAgain, earningsWaiting) = (false, false);
            var found = await PrepareAsync();
            if (found.HoldReason is null)
            {
                (prepared, returnedBecause) = (found, null);
                await progress.RecordAsync("prepared", null, new PayoutPrepared(payoutId, input.PayeeId, found.Amount, found.PayloadHash!, found.StatementIds));
                return found;
            }

            await progress.RecordAsync(FormattableString.Invariant($"held-{++holds}"), null, new PayoutHeld(input.PayeeId, found.HoldReason, found.Amount));
            progress.Waiting("Held", $"a change of what holds the payout: {found.HoldReason}", Party.Creator);
            await Workflow.WaitConditionAsync(() => prepareAgain || earningsWaiting);
            if (!prepareAgain) { await PayDayAsync(); }
        }
    }

    // A new method or a release is acted on at once; earnings alone wait for the next pay day.
    private async Task PayDayAsync()
    {
        if (input.Rules.PayDay == 0) { return; }

        var payDay = await progress.RequireAsync("pay-day", () => Workflow.ExecuteActivityAsync(
            (ICalendarActivities a) => a.NextDayOfMonthAsync(new(WorkflowTime.Now, input.Rules.PayDay, input.Zone)), ActivityPolicies.Data.Titled("Next pay day")));
        progress.Waiting("Accrued", "the pay day", Party.None, payDay, "the payout is prepared");
        await WorkflowTime.UntilAsync(() => false, payDay, "Pay day");
    }

    private async Task NotHeldByFinanceAsync()
    {
        if (heldByFinance is null) { return; }

        progress.Waiting("Held", $"finance's release: {heldByFinance}", Party.Finance);
        await Workflow.WaitConditionAsync(() => heldByFinance is null);
    }

    private Task<PreparedPayout> PrepareAsync() => progress.RequireAsync("prepare", () => Workflow.ExecuteActivityAsync(
        (IPayoutActivities a) => a.PrepareAsync(new(payoutId, input.PayeeId, input.Rules.Minimum)), ActivityPolicies.Data.Titled("What can be paid")));

    private async Task ApprovedAsync(PreparedPayout payout)
    {
        phase = PayoutPhase.Approval;
        var needed = input.Rules.ApproversOf(payout.Amount);
        for (var nth = 1; nth <= needed; nth++)
        {
            await ApprovalAsync(nth, nth < needed ? $"the first of two approvals of {payout.Amount}" : needed > 1 ? $"another person's approval of {payout.Amount}" : $"finance's approval of {payout.Amount}");
            var by = approvals[nth - 1].FinanceId;
            if (nth < needed) { await progress.RecordAsync("approved-first", by, new PayoutApprovedByFirst(payoutId, payout.PayloadHash!)); }
            else { await progress.RecordAsync("approved", by, new PayoutApproved(payoutId, payout.PayloadHash!)); }

            approvalsOnRecord = nth;
        }

        await NotHeldByFinanceAsync();
        phase = PayoutPhase.Sending;
        progress.Working("Approved");
    }

    private async Task ApprovalAsync(int nth, string waitsFor)
    {
        while (approvals.Count < nth)
        {
            await NotHeldByFinanceAsync();
            progress.Waiting(nth == 1 ? "AwaitingApproval" : "AwaitingSecondApproval", waitsFor, Party.Finance);
            await Workflow.WaitConditionAsync(() => approvals.Count >= nth || heldByFinance is not null);
        }
    }

    private ContinueAsNewException ContinueAsNew()
    {
        var next = new PayeePayoutInput(input.PayeeId, input.Rules, input.Zone, input.Cycle + 1, sentBefore, handled.Ids, earningsWaiting, heldByFinance, returnedBecause, input.Chain);
        return Workflow.CreateContinueAsNewException((PayeePayoutWorkflow wf) => wf.RunAsync(next));
    }
}
