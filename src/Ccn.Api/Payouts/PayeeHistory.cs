using Ccn.Domain.Events;

namespace Ccn.Api.Payouts;

/// <summary>One step of a payee's money.</summary>
/// <param name="PayoutId">Null for what is about the payee alone.</param>
/// <param name="Actor">The person's name; null for what happened by itself.</param>
public sealed record PayoutStep(DateTimeOffset At, string Type, string Text, string? Actor, string? PayoutId, string? Hold);

/// <summary>Finance's hold on a payee.</summary>
public sealed record FinanceHold(string Reason, string By, DateTimeOffset Since);

internal static class PayeeHistory
{
    public static string? PayoutOf(EventData data) => data switch
    {
        PayoutPrepared e => e.PayoutId,
        PayoutApprovedByFirst e => e.PayoutId,
        PayoutApproved e => e.PayoutId,
        PayoutSent e => e.PayoutId,
        PayoutUnclaimed e => e.PayoutId,
        PayoutConfirmed e => e.PayoutId,
        PayoutReturned e => e.PayoutId,
        PayoutRefused e => e.PayoutId,
        _ => null,
    };

    /// <summary>The hold that lasts: the last one that a person made, when no release came after it. What holds by itself (a minimum, a missing method) has no person.</summary>
    public static FinanceHold? HoldOf(IReadOnlyList<PayoutStep> history)
    {
        var hold = history.LastOrDefault(step => step is { Hold: not null, Actor: not null });
        return hold is null || history.Any(step => step.Type == "payout.released" && step.At >= hold.At) ? null : new(hold.Hold!, hold.Actor!, hold.At);
    }
}
