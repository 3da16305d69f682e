using Ccn.Data.Payouts;
using Ccn.Data.Royalties;
using Ccn.Web.Components.Parts;

namespace Ccn.Web.Components.Pages.Finance;

/// <summary>States of money in the words and colours of the desk.</summary>
internal static class FinanceWords
{
    public static string Of(PayoutStatus state) => state switch
    {
        PayoutStatus.Prepared => "To approve",
        PayoutStatus.PartlyApproved => "Second approval",
        PayoutStatus.Sent => "Under way",
        PayoutStatus.Confirmed => "Arrived",
        _ => Words.Of(state),
    };

    public static string Colour(PayoutStatus state) => state switch
    {
        PayoutStatus.Prepared or PayoutStatus.PartlyApproved => "amber",
        PayoutStatus.Approved or PayoutStatus.Sent => "sky",
        PayoutStatus.Unclaimed => "plum",
        PayoutStatus.Confirmed => "pine",
        _ => "bad",
    };

    /// <summary>What finance can do about a payout that did not arrive; null where nothing is to be done.</summary>
    public static string? WhatToDo(PayoutStatus state) => state switch
    {
        PayoutStatus.Returned => "The money is on the payee's balance again, in full. Nothing is sent to the same place by itself: the payee has been asked for another payout method, and the next payout is prepared once it is set. If you know why it came back, hold the payee with that reason so that colleagues see it.",
        PayoutStatus.Refused => "The provider refused this attempt. It is tried again after the waits of the template, or at once when the payee sets another method. After the last attempt operations decide on a parked step.",
        PayoutStatus.Unclaimed => "The provider holds the money until the payee claims it. Unclaimed money comes back by itself after 30 days; writing to the payee is usually enough.",
        _ => null,
    };

    public static string Of(StatementState state) => state switch { StatementState.InQuery => "Queried", _ => Words.Of(state) };

    public static string Colour(StatementState state) => state switch { StatementState.Draft => "sky", StatementState.InQuery => "amber", _ => "pine" };
}
