using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Payouts;

/// <summary>From the approval to the provider's last word. Everything here is detached: money under way is followed to its end even when the loop is canceled.</summary>
public sealed partial class PayeePayoutWorkflow
{
    /// <summary>Webhooks get lost, so the provider is also asked without one.</summary>
    private static readonly TimeSpan AskAnyway = TimeSpan.FromHours(6);

    private bool askProvider;
    private bool methodWasChanged;

    private async Task PayAsync(PreparedPayout payout)
    {
        for (var attempt = 1; ; attempt++)
        {
            methodWasChanged = false;
            SendResult? result = null;
            if (!await progress.TryAsync("send", async () => result = await SendAsync(payout, attempt)))
            {
                await GiveBackAsync(payout.Amount, "An operator gave the payout up.", keptFee: null);
                return;
            }

            if (result is { Sent: true, ProviderReference: { } reference })
            {
                await progress.RecordAsync("sent", null, new PayoutSent(payoutId, attempt, reference));
                await OutcomeAsync(payout, reference);
                return;
            }

            var code = result?.RefusalCode ?? "refused";
            await progress.RecordAsync(FormattableString.Invariant($"refused-{attempt}"), null, new PayoutRefused(payoutId, attempt, code));
            if (attempt <= input.Rules.Retries.Count) { await WaitForNextAttemptAsync(code, input.Rules.Retries[attempt - 1]); }
            else if (!await OperatorSaysRetryAsync(code))
            {
                await GiveBackAsync(payout.Amount, $"Refused at every attempt, last with {code}.", keptFee: null);
                return;
            }
        }
    }

    private Task<SendResult> SendAsync(PreparedPayout payout, int attempt) => Workflow.ExecuteActivityAsync(
        (IPayoutActivities a) => a.SendAsync(new(payoutId, input.PayeeId, payout.Amount, attempt, payout.PayloadHash!)),
        ActivityPolicies.Provider.Detached().Titled(FormattableString.Invariant($"Send {payout.Amount}, attempt {attempt}")));

    private async Task WaitForNextAttemptAsync(string code, TimeSpan wait)
    {
        var next = WorkflowTime.Now + wait;
        progress.Waiting("Refused", $"the next attempt, or another payout method ({code})", Party.Creator, next, "it is sent again as a new attempt");
        await WorkflowTime.UntilAsync(() => methodWasChanged, next, "Next attempt", CancellationToken.None);
    }

    private Task<bool> OperatorSaysRetryAsync(string code)
    {
        var asked = false;
        return progress.TryAsync("send", () =>
        {
            if (asked) { return Task.CompletedTask; }

            asked = true;
            throw new ApplicationFailureException($"The provider refused every attempt, last with {code}.", FailureTypes.ProviderRejected, nonRetryable: true);
        });
    }

    private async Task OutcomeAsync(PreparedPayout payout, string reference)
    {
        phase = PayoutPhase.Sent;
        var unclaimed = false;
        while (true)
        {
            var again = WorkflowTime.Now + AskAnyway;
            progress.Waiting(unclaimed ? "Unclaimed" : "Sent", unclaimed ? "the payee to claim the money" : "the provider's confirmation", unclaimed ? Party.Creator : Party.Provider, again, "the provider is asked again");
            await WorkflowTime.UntilAsync(() => askProvider, again, "Ask the provider anyway", CancellationToken.None);
            askProvider = false;
            var reading = await ReadAsync(payoutId, reference);
            switch (reading.State)
            {
                case PayoutState.Confirmed:
                    await ConfirmAsync(payout, reference, reading);
                    return;
                case PayoutState.Returned or PayoutState.Failed:
                    await GiveBackAsync(payout.Amount, reading.Reason ?? reading.State.ToString(), reading.Fee);
                    return;
                case PayoutState.Unclaimed when !unclaimed:
                    unclaimed = true;
                    await progress.RecordAsync("unclaimed", null, new PayoutUnclaimed(payoutId));
                    break;
            }
        }
    }

    private async Task ConfirmAsync(PreparedPayout payout, string reference, PayoutReading reading)
    {
        var at = reading.At ?? WorkflowTime.Now;
        await SettleAsync(new(payoutId, input.PayeeId, payout.Amount, PayoutState.Confirmed, reading.Fee, at, null));
        await progress.RecordAsync("confirmed", null, new PayoutConfirmed(payoutId, reading.Fee ?? Money.Zero(payout.Amount.Currency), at));
        sentBefore.Add(new(payoutId, payout.Amount, reference));
        if (sentBefore.Count > WatchedPayouts) { sentBefore.RemoveAt(0); }
        progress.Working("Confirmed");
    }

    /// <summary>The money is the payee's balance again. It is paid with the next earnings, another method or a release, never by itself to where it came back from.</summary>
    /// <param name="keptFee">What the provider keeps for a payout that came back: CCN's cost, the payee is credited in full.</param>
    private async Task GiveBackAsync(Money amount, string reason, Money? keptFee)
    {
        await SettleAsync(new(payoutId, input.PayeeId, amount, PayoutState.Returned, keptFee, WorkflowTime.Now, reason));
        await progress.RecordAsync("returned", null, new PayoutReturned(payoutId, reason));
        if (methodWasChanged) { earningsWaiting = true; }
        else { returnedBecause = reason; }

        progress.Working("Returned");
    }

    /// <summary>A payout that was confirmed may have come back: the provider's word decides.</summary>
    private async Task FollowUpAsync(OpenPayout past)
    {
        var reading = await ReadAsync(past.PayoutId, past.ProviderReference);
        if (reading.State is not (PayoutState.Returned or PayoutState.Failed) || sentBefore.RemoveAll(payout => payout.PayoutId == past.PayoutId) == 0) { return; }

        // No fee: what the provider took was booked with the confirmation.
        var reason = reading.Reason ?? "Returned by the bank.";
        returnedBecause = reason;
        await SettleAsync(new(past.PayoutId, input.PayeeId, past.Amount, PayoutState.Returned, null, reading.At ?? WorkflowTime.Now, reason));
        await progress.RecordAsync($"{past.PayoutId}:returned", null, new PayoutReturned(past.PayoutId, reason));
        if (phase is PayoutPhase.Earning) { ShowEarning(); }
    }

    private Task<PayoutReading> ReadAsync(string id, string reference) => progress.RequireAsync($"read-{id}", () => Workflow.ExecuteActivityAsync(
        (IPayoutActivities a) => a.ReadAsync(new(id, reference)), ActivityPolicies.Provider.Detached().Titled("The provider's word on the payout")));

    private Task SettleAsync(SettlePayoutInput outcome) => progress.RequireAsync($"settle-{outcome.PayoutId}", async () =>
    {
        await Workflow.ExecuteActivityAsync((IPayoutActivities a) => a.SettleAsync(outcome), ActivityPolicies.Data.Detached().Titled($"Post: {outcome.State}"));
        return true;
    });
}
