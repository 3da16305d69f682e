namespace Ccn.Domain.Lifecycle;

/// <summary>A published, numbered life cycle: timers and thresholds of every stage. Immutable; a run gets it whole in its input and never reads a newer one.</summary>
/// <param name="Calendar">Business calendar of the platform's own deadlines (queries, statements): <c>US</c>, or <c>24x7</c> where every hour counts.</param>
public sealed record LifecycleTemplate(
    string TemplateId, int Number, string Name, string Calendar,
    ContestRules Contest, BiddingRules Bidding, SigningRules Signing, SourcingRules Sourcing, ProductionRules Production,
    ListingRules Listing, RoyaltyRules Royalties, PayoutRules Payouts);

/// <summary>How entries are judged and when each phase ends.</summary>
public sealed record ContestRules(TimeSpan Submissions, TimeSpan Critique, TimeSpan Voting, TimeSpan FraudHold);

/// <param name="Window">Sealed bids are taken this long.</param>
/// <param name="Decision">The creator decides this long after the reveal.</param>
/// <param name="AutoAccept">At the end of the decision time: take the best bid, or let the bids lapse.</param>
/// <param name="FloorBasisPoints">Lowest percent bid, in hundredths of a percent of gross sales: 500 is 5 %.</param>
/// <param name="StandbyOffer">How long each standby bidder may think when a licence falls through.</param>
public sealed record BiddingRules(TimeSpan Window, TimeSpan Decision, bool AutoAccept, int FloorBasisPoints, TimeSpan StandbyOffer);

/// <param name="Reminders">Reminders, counted from the sending.</param>
/// <param name="Expiry">The envelope expires this long after the sending; the deadline itself still counts.</param>
public sealed record SigningRules(IReadOnlyList<TimeSpan> Reminders, TimeSpan Expiry);

/// <summary>Waits in business hours of the supplier's own calendar (8 a day); <c>24x7</c> calendars count every hour.</summary>
public sealed record SourcingRules(int MinSuppliers, int MaxSuppliers, double ReplyHours, double WidenHours, double SwitchHours, TimeSpan TellCreator, int QuoteValidityDays);

/// <param name="OverUnderTolerancePercent">Over- and under-shipment up to this share of the order is accepted without a claim.</param>
public sealed record ProductionRules(decimal MajorAql, decimal MinorAql, int DepositPercent, decimal OverUnderTolerancePercent);

/// <param name="PollInterval">How often a submitted listing is read until it is buyable.</param>
public sealed record ListingRules(TimeSpan PollInterval);

/// <param name="Period">Length of a statement period; null is a calendar month in <paramref name="Zone"/>.</param>
/// <param name="DraftAfter">The draft is made this long after the period's end (calendar months: on the 3rd).</param>
/// <param name="QueryBusinessDays">The creator may query lines this many business days.</param>
/// <param name="QueryWindow">Instead of business days where the calendar counts every hour.</param>
/// <param name="ReserveBasisPoints">Share of each period's royalty that is held for returns.</param>
/// <param name="ReserveReleaseDays">A reserve is released this many days after the period's end.</param>
/// <param name="ClearanceDays">A sale is payable this many days after it shipped; 0 means with its own period.</param>
/// <param name="PlatformFeeBasisPoints">CCN's fee on the royalty, its own line on the statement.</param>
public sealed record RoyaltyRules(TimeSpan? Period, string Zone, TimeSpan DraftAfter, int QueryBusinessDays, TimeSpan? QueryWindow,
    int ReserveBasisPoints, int ReserveReleaseDays, int ClearanceDays, int PlatformFeeBasisPoints);

/// <param name="PayDay">Day of the month payouts are made; 0 means at once when something is payable.</param>
/// <param name="Minimum">Smallest payout in minor units of the payee's currency; exactly the minimum pays.</param>
/// <param name="Retries">Waits between attempts after a definite refusal; then a person decides.</param>
/// <param name="TwoApproversFrom">From this amount on, in the same minor units, two people of finance approve a payout; null: one is enough for every amount.</param>
public sealed record PayoutRules(int PayDay, long Minimum, IReadOnlyList<TimeSpan> Retries, long? TwoApproversFrom = null)
{
    /// <summary>How many people of finance approve a payout of the amount.</summary>
    public int ApproversOf(Money amount) => TwoApproversFrom is { } from && amount.MinorUnits >= from ? 2 : 1;
}
