using Ccn.Domain;
using Ccn.Providers.PayPal;
using Ccn.Workflows.Payouts;

namespace Ccn.Activities.Payouts;

/// <summary>PayPal's states in our own terms. The batch's SUCCESS says nothing about its items.</summary>
internal static class PayPalReading
{
    /// <summary>What PayPal says goes on record and into mails: a sentence, not whatever else may come.</summary>
    private const int MaxWords = 200;

    public static PayoutReading Of(PayoutItem item)
    {
        var reason = Reason(item);
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

    /// <summary>In words that the payee reads, with PayPal's own code for whoever asks PayPal.</summary>
    private static string? Reason(PayoutItem item)
    {
        if (item.Errors is { Name: { } name } error)
        {
            var words = error.Message?.Trim().TrimEnd('.') ?? "";
            return words.Length switch { 0 => name, > MaxWords => $"{words[..MaxWords]}… ({name})", _ => $"{words} ({name})" };
        }

        return item.TransactionStatus switch
        {
            "UNCLAIMED" => "The address has no PayPal account yet (UNCLAIMED)",
            "RETURNED" => "It was not claimed within 30 days, or was declined (RETURNED)",
            "REFUNDED" => "The receiver sent it back (REFUNDED)",
            "REVERSED" => "PayPal took it back (REVERSED)",
            "BLOCKED" => "PayPal blocked it (BLOCKED)",
            "DENIED" or "FAILED" => $"PayPal could not deliver it ({item.TransactionStatus})",
            var other => other,
        };
    }

    /// <summary>A batch that has no items to show.</summary>
    public static PayoutReading OfBatch(PayoutBatchHeader batch) => batch.BatchStatus is "DENIED" or "CANCELED"
        ? new(PayoutState.Failed, null, batch.TimeClosed, batch.BatchStatus)
        : new(PayoutState.Pending, null, null, batch.BatchStatus);
}
