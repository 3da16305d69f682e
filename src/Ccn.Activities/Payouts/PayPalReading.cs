using Ccn.Domain;
using Ccn.Providers.PayPal;
using Ccn.Workflows.Payouts;

namespace Ccn.Activities.Payouts;

/// <summary>PayPal's states in our own terms. The batch's SUCCESS says nothing about its items.</summary>
internal static class PayPalReading
{
    public static PayoutReading Of(PayoutItem item)
    {
        var reason = item.Errors?.Name ?? item.TransactionStatus;
        var fee = item.PayoutItemFee?.ToMoney() is { IsZero: false } charged ? charged : (Money?)null;
        return item.TransactionStatus switch
        {
            "SUCCESS" => new(PayoutState.Confirmed, fee, item.TimeProcessed, null),
            "UNCLAIMED" => new(PayoutState.Unclaimed, null, item.TimeProcessed, reason),
            "RETURNED" or "REFUNDED" or "REVERSED" => new(PayoutState.Returned, fee, item.TimeProcessed, reason),
            "FAILED" or "BLOCKED" or "DENIED" => new(PayoutState.Failed, fee, item.TimeProcessed, reason),
            _ => new(PayoutState.Pending, null, null, reason),
        };
    }

    /// <summary>A batch that has no items to show.</summary>
    public static PayoutReading OfBatch(PayoutBatchHeader batch) => batch.BatchStatus is "DENIED" or "CANCELED"
        ? new(PayoutState.Failed, null, batch.TimeClosed, batch.BatchStatus)
        : new(PayoutState.Pending, null, null, batch.BatchStatus);
}
