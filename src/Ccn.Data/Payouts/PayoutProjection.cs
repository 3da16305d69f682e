using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;

namespace Ccn.Data.Payouts;

/// <summary>Payouts, and where each payee stands.</summary>
internal static class PayoutProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case PayoutMethodChanged changed:
            {
                var payee = await PayeeAsync(db, changed.PayeeId, cancel);
                if (e.Stamp.Follows(payee.MethodStamp)) { (payee.MethodStamp, payee.Method) = (e.Stamp, changed.Method); }

                return;
            }

            case PayoutHeld held:
            {
                var payee = await PayeeAsync(db, held.PayeeId, cancel);
                if (!e.Stamp.Follows(payee.HoldStamp)) { return; }

                (payee.HoldStamp, payee.HoldReason, payee.HeldAt) = (e.Stamp, held.Reason, e.OccurredAt);
                (payee.HeldMinor, payee.Currency) = (held.Balance.MinorUnits, held.Balance.Currency);
                return;
            }

            case PayoutReleased released:
            {
                var payee = await PayeeAsync(db, released.PayeeId, cancel);
                if (e.Stamp.Follows(payee.HoldStamp))
                {
                    (payee.HoldStamp, payee.HoldReason, payee.HeldAt, payee.HeldMinor) = (e.Stamp, null, null, 0);
                    payee.Currency = Unset.Currency;
                }

                return;
            }

            case PayoutPrepared prepared:
            {
                var payee = await PayeeAsync(db, prepared.PayeeId, cancel);
                if (!e.Stamp.Follows(payee.HoldStamp)) { break; }

                (payee.HoldStamp, payee.HoldReason, payee.HeldAt) = (e.Stamp, null, null);
                (payee.HeldMinor, payee.Currency) = (0, prepared.Amount.Currency);
                break;
            }
        }

        var payoutId = e.Data switch
        {
            PayoutPrepared prepared => prepared.PayoutId,
            PayoutApprovedByFirst approved => approved.PayoutId,
            PayoutApproved approved => approved.PayoutId,
            PayoutSent sent => sent.PayoutId,
            PayoutUnclaimed unclaimed => unclaimed.PayoutId,
            PayoutConfirmed confirmed => confirmed.PayoutId,
            PayoutReturned returned => returned.PayoutId,
            PayoutRefused refused => refused.PayoutId,
            _ => null,
        };
        if (payoutId is not null) { Record(await db.Payouts.RowAsync(() => new() { Id = payoutId }, cancel, payoutId), e); }
    }

    private static void Record(PayoutView payout, StoredEvent e)
    {
        switch (e.Data)
        {
            case PayoutPrepared prepared:
                if (e.Stamp.Follows(payout.PreparedStamp))
                {
                    (payout.PreparedStamp, payout.PreparedAt, payout.PayeeId, payout.PayloadHash) = (e.Stamp, e.OccurredAt, prepared.PayeeId, prepared.PayloadHash);
                    (payout.AmountMinor, payout.Currency, payout.StatementIds) = (prepared.Amount.MinorUnits, prepared.Amount.Currency, [.. prepared.StatementIds]);
                }

                SetState(payout, e, PayoutStatus.Prepared);
                break;
            case PayoutApprovedByFirst:
                Approve(payout, e);
                SetState(payout, e, PayoutStatus.PartlyApproved);
                break;
            case PayoutApproved:
                Approve(payout, e);
                SetState(payout, e, PayoutStatus.Approved);
                break;
            case PayoutSent sent:
                if (e.Stamp.Follows(payout.SentStamp)) { (payout.SentStamp, payout.SentAt, payout.ProviderReference) = (e.Stamp, e.OccurredAt, sent.ProviderReference); }

                payout.Attempt = Math.Max(payout.Attempt, sent.Attempt);
                SetState(payout, e, PayoutStatus.Sent);
                break;
            case PayoutUnclaimed:
                SetState(payout, e, PayoutStatus.Unclaimed);
                break;
            case PayoutConfirmed confirmed:
                (payout.ConfirmedAt, payout.ProviderFeeMinor) = (confirmed.At.ToUniversalTime(), confirmed.ProviderFee.MinorUnits);
                SetState(payout, e, PayoutStatus.Confirmed);
                break;
            case PayoutReturned returned:
                payout.ReturnedAt = e.OccurredAt;
                SetState(payout, e, PayoutStatus.Returned, returned.Reason);
                break;
            case PayoutRefused refused:
                payout.Attempt = Math.Max(payout.Attempt, refused.Attempt);
                SetState(payout, e, PayoutStatus.Refused, refused.Code);
                break;
        }
    }

    private static void Approve(PayoutView payout, StoredEvent e)
    {
        if (e.Stamp.Follows(payout.ApprovedStamp)) { (payout.ApprovedStamp, payout.ApprovedAt, payout.ApprovedBy) = (e.Stamp, e.OccurredAt, e.ActorId); }
    }

    private static void SetState(PayoutView payout, StoredEvent e, PayoutStatus state, string? reason = null)
    {
        if (e.Stamp.Follows(payout.StateStamp)) { (payout.StateStamp, payout.State, payout.Reason) = (e.Stamp, state, reason); }
    }

    private static ValueTask<PayeeView> PayeeAsync(CcnDbContext db, string payeeId, CancellationToken cancel) =>
        db.Payees.RowAsync(() => new() { PayeeId = payeeId }, cancel, payeeId);
}
