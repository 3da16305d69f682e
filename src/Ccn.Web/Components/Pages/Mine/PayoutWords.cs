using Ccn.Api.Payouts;
using Ccn.Data.Payouts;

namespace Ccn.Web.Components.Pages.Mine;

/// <summary>What the states of a payout mean to the one who waits for it.</summary>
internal static class PayoutWords
{
    public static string Of(PayoutStatus state) => state switch
    {
        PayoutStatus.Unclaimed => "Sent, not claimed",
        PayoutStatus.Confirmed => "Paid",
        PayoutStatus.Returned => "Came back",
        _ => state.ToString(),
    };

    public static string Colour(PayoutStatus state) => state switch
    {
        PayoutStatus.Prepared or PayoutStatus.Unclaimed => "amber",
        PayoutStatus.Approved or PayoutStatus.Sent => "sky",
        PayoutStatus.Confirmed => "pine",
        _ => "bad",
    };

    public static string Meaning(PayoutStatus state) => state switch
    {
        PayoutStatus.Prepared => "Finance looks at it and approves it.",
        PayoutStatus.Approved => "Approved, about to be sent.",
        PayoutStatus.Sent => "On its way; the provider has not confirmed it.",
        PayoutStatus.Unclaimed => "PayPal waits for you to claim it. After 30 days it comes back.",
        PayoutStatus.Confirmed => "Arrived.",
        PayoutStatus.Returned => "The money is in your balance again.",
        _ => "The provider refused it. The money is in your balance again.",
    };

    public static DateTimeOffset? Since(PayoutSummary payout) => payout.State switch
    {
        PayoutStatus.Prepared => payout.PreparedAt,
        PayoutStatus.Confirmed => payout.ConfirmedAt,
        PayoutStatus.Returned => payout.ReturnedAt,
        PayoutStatus.Sent or PayoutStatus.Unclaimed => payout.SentAt,
        _ => null,
    };
}
