using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Payouts;

/// <summary>Input of <c>PayeePayout</c> (<c>payee/{payeeId}</c>): one durable loop per payee, continued as new after each cycle.</summary>
/// <param name="SentBefore">Payouts that may still come back: returned even after they were confirmed.</param>
/// <param name="HandledMessages">Ids of the last statements, webhooks and commands: repeats are dropped across runs too.</param>
/// <param name="EarningsWaiting">Something may be payable since the last cycle.</param>
/// <param name="HeldReason">Finance's hold, while it lasts.</param>
/// <param name="ReturnedReason">Why the last payout came back, until the payee sets another method.</param>
/// <param name="Chain">Names this chain of runs. A loop that was canceled and begins anew counts from 1 again, and its payouts must not bear the ids of those already sent.</param>
public sealed record PayeePayoutInput(string PayeeId, PayoutRules Rules, string Zone, int Cycle, IReadOnlyList<OpenPayout> SentBefore, IReadOnlyList<string> HandledMessages,
    bool EarningsWaiting = false, string? HeldReason = null, string? ReturnedReason = null, string Chain = "");
public sealed record OpenPayout(string PayoutId, Money Amount, string ProviderReference = "");

/// <summary>Signal <c>earningsAvailable</c> from a royalty loop: a statement is final and its money is in. Repeats of a statement id are dropped.</summary>
public sealed record EarningsAvailable(string StatementId, Money Amount);
/// <summary>Signal <c>methodChanged</c>: the payee set or changed where the money goes.</summary>
public sealed record PayoutMethodSet(string MessageId, string Method);
/// <summary>Signal <c>providerEvent</c>: one webhook about one payout item. Repeats of a message id are dropped.</summary>
public sealed record PayoutProviderEvent(string MessageId, string PayoutId, string Event, DateTimeOffset At);
/// <summary>Update <c>Approve</c> by finance: exactly this payload. Nobody approves a payout to themselves, and where two approve they are two.</summary>
public sealed record ApprovePayout(string PayoutId, string FinanceId, string PayloadHash);
/// <summary>Update <c>Hold</c> by finance; <c>Release</c> ends it.</summary>
public sealed record HoldPayouts(string FinanceId, string Reason);
public sealed record ReleasePayouts(string FinanceId, string Reason);

public interface IPayoutActivities
{
    /// <summary>What the payee can be paid now from the ledger, or why not: below the minimum, no method, blocked method, negative balance.</summary>
    [Activity("Payouts.Prepare")]
    Task<PreparedPayout> PrepareAsync(PreparePayoutInput input);

    /// <summary>Moves the amount to in-transit and sends it. After a definite refusal the next attempt has a new key, after an unknown outcome the old one; the provider is asked before anything is created again.</summary>
    [Activity("Payouts.Send")]
    Task<SendResult> SendAsync(SendPayoutInput input);

    /// <summary>The provider's word on the item.</summary>
    [Activity("Payouts.Read")]
    Task<PayoutReading> ReadAsync(ReadPayoutInput input);

    /// <summary>Posts the outcome: confirmed, or returned and re-credited in full; the fee that the provider took or kept is CCN's cost. Repeats post once.</summary>
    [Activity("Payouts.Settle")]
    Task SettleAsync(SettlePayoutInput input);
}

public sealed record PreparePayoutInput(string PayoutId, string PayeeId, long Minimum);
/// <param name="HoldReason">Null when the payout can be approved.</param>
public sealed record PreparedPayout(Money Amount, string? HoldReason, string? PayloadHash, IReadOnlyList<string> StatementIds);
public sealed record SendPayoutInput(string PayoutId, string PayeeId, Money Amount, int Attempt, string PayloadHash);
public sealed record SendResult(bool Sent, string? ProviderReference, string? RefusalCode);
public sealed record ReadPayoutInput(string PayoutId, string ProviderReference);
/// <param name="State">Pending, Unclaimed, Confirmed, Returned or Failed.</param>
public sealed record PayoutReading(PayoutState State, Money? Fee, DateTimeOffset? At, string? Reason);
public enum PayoutState { Pending, Unclaimed, Confirmed, Returned, Failed }
public sealed record SettlePayoutInput(string PayoutId, string PayeeId, Money Amount, PayoutState State, Money? Fee, DateTimeOffset At, string? Reason);
