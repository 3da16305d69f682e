using System.Globalization;
using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;

namespace Ccn.Data.Lifecycle;

/// <summary>Events in one sentence. People are not named: pages put names to ids, and ids are in the entry.</summary>
public static class TimelineText
{
    public static string Of(EventData data) => data switch
    {
        DesignSubmitted => "The design was submitted and the original is on record.",
        DesignMediaReady e => Text($"The pictures are ready: {e.Width} x {e.Height} pixels, {e.Variants.Count} sizes."),
        DesignPublished => "The design was published.",
        DesignHeld e => $"The design is held for a moderator: {e.Reason}",
        DesignRefused e => $"The design was refused: {e.Reason}",
        DesignWithdrawn e => $"The design was withdrawn: {e.Reason}",
        StageEntered e => e.WaitsFor is null ? $"Stage: {Words(e.Stage)}." : $"Stage: {Words(e.Stage)}. Waits for: {e.WaitsFor}",
        LifecycleEnded e => $"The life cycle ended as {Words(e.Stage)}: {e.Reason}",
        ContestOpened e => $"The contest {e.Title} was opened.",
        ContestPhaseChanged e => $"The contest's phase is now {e.Phase}.",
        ContestEntered => "The design entered a contest.",
        ContestTallied e => Text($"{e.Ballots} ballots were frozen and counted."),
        ContestDecided e => e.WinnerDesignId is null ? "The contest ended without a winner." : "The contest was decided.",
        BadgeAwarded e => $"A badge was awarded: {e.Badge}.",
        SpotlightOpened => "The design is in the sellers' spotlight.",
        _ => OfDeal(data),
    };

    private static string OfDeal(EventData data) => data switch
    {
        BiddingOpened => "Sealed bids are taken.",
        BidLodged => "A sealed bid was lodged.",
        BidWithdrawn => "A bid was withdrawn.",
        BidsRevealed e => Text($"The bids were opened: {e.Bids.Count}."),
        BidAccepted e => e.Automatic ? "The best bid was accepted by itself." : "The creator accepted a bid.",
        BiddingLapsed e => $"The bids lapsed: {e.Reason}",
        StandbyOffered => "The licence was offered to the next bidder.",
        StandbyAnswered e => e.Accepted ? "The next bidder takes the licence." : e.TimedOut ? "The next bidder did not answer in time." : "The next bidder declined.",
        LicenceDrafted e => Text($"The licence was drafted, version {e.Terms.Version}."),
        LicenceSent => "The licence was sent to both parties for signature.",
        LicenceReminderSent e => Text($"Reminder {e.Number} to sign was sent."),
        LicencePartySigned => "A party signed the licence.",
        LicenceInForce => "The licence is in force.",
        LicenceNotSigned e => e.Reason is null ? $"The licence was not signed: {e.Outcome}." : $"The licence was not signed: {e.Outcome}. {e.Reason}",
        LicenceEnded e => $"The licence ended: {e.Reason}",
        _ => OfProduction(data),
    };

    private static string OfProduction(EventData data) => data switch
    {
        RfqOpened e => Text($"Quotes were asked for {e.Quantity} units."),
        SupplierInvited e => e.Supplier.Channel is SupplierChannel.AlibabaHandOff ? $"{e.Supplier.Name} is invited through a prepared link." : $"{e.Supplier.Name} was invited.",
        SupplierInvitationChanged e => $"A supplier's invitation is now {Words(e.State)}.",
        QuoteReceived => "A quote was received.",
        QuoteStale => "A quote is no longer valid.",
        QuoteApproved e => Text($"A quote was approved: {e.Quantity} units at {e.UnitPrice}."),
        RfqClosed e => $"The request for quotes was closed: {e.Reason}",
        CreatorToldOfDelay e => $"The creator was told of a delay: {e.Message}",
        OrderPlaced e => Text($"{e.Quantity} units were ordered at {e.Supplier.Name}."),
        OrderPaymentConfirmed e => $"A payment to the supplier was confirmed: {e.Payment}, {e.Amount}.",
        MilestoneReached e => $"Production: {Words(e.Milestone)}.",
        InspectionRecorded e => Text($"Inspection {e.Number} {(e.Passed ? "passed" : "failed")}."),
        GoodsReceived e => Text($"{e.Receipt.Received} of {e.Receipt.Ordered} units were received, {e.Receipt.Damaged} of them damaged."),
        OrderClosed => "The order is closed.",
        OrderCanceled e => $"The order was canceled: {e.Reason}",
        ListingOpened e => $"A listing was opened at {e.Marketplace}.",
        ListingSubmitted e => $"The listing was submitted at {e.Price}.",
        ListingIssuesFound e => Text($"The marketplace found issues with the listing: {e.Issues.Count}."),
        ListingBuyable => "The product can be bought.",
        ListingPriceChanged e => $"The price is now {e.Price}.",
        ListingStockChanged e => Text($"The stock on offer is now {e.Quantity}."),
        ListingEnded e => $"The listing ended: {e.Reason}",
        _ => OfMoney(data),
    };

    private static string OfMoney(EventData data) => data switch
    {
        StatementDrafted e => Text($"The statement of period {e.Period} was drafted: {e.Net}."),
        StatementLineQueried e => Text($"Line {e.Line} of a statement was queried."),
        StatementQueryAnswered => "A query about a statement was answered.",
        StatementFinalized e => $"A statement is final: {e.Net}.",
        RoyaltyCollected e => $"The seller paid {e.Amount}.",
        RoyaltyCollectionFailed e => $"The seller's payment of {e.Amount} failed.",
        PayoutMethodChanged => "The payout method was changed.",
        PayoutHeld e => $"The payout is held: {e.Reason}",
        PayoutReleased e => $"The payouts are free again: {e.Reason}",
        PayoutPrepared e => $"A payout of {e.Amount} waits for approval.",
        PayoutApprovedByFirst => "One of two people approved the payout.",
        PayoutApproved => "The payout was approved.",
        PayoutSent => "The payout was sent.",
        PayoutUnclaimed => "The payout waits to be claimed.",
        PayoutConfirmed => "The payout arrived.",
        PayoutReturned e => $"The payout came back: {e.Reason}",
        PayoutRefused => "The payment provider refused the payout.",
        NeedsAttentionRaised e => $"A step waits for an operator: {e.Step}.",
        NeedsAttentionResolved e => $"An operator decided on a step: {e.Resolution}.",
        _ => throw new ArgumentException($"{data.GetType().Name} has no sentence.", nameof(data)),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>OpenToBids</c> as <c>open to bids</c>.</summary>
    private static string Words<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
}
