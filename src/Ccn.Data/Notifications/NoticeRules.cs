using System.Globalization;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;

namespace Ccn.Data.Notifications;

/// <summary>Who has to hear of an event, by the part they play in it.</summary>
[Flags]
internal enum Audience
{
    None = 0,
    Creator = 1,

    /// <summary>The seller of the design's newest licence.</summary>
    Seller = 2,

    /// <summary>The payee that the event or its payout names.</summary>
    Payee = 4,

    /// <summary>Everybody who follows the creator.</summary>
    Followers = 8,
}

/// <summary>A sentence for an audience, or for one person.</summary>
internal sealed record Telling(string Text, Audience Audience, string? UserId = null);

/// <summary>Which events are told to whom. What people only want to look up is on the timeline.</summary>
internal static class NoticeRules
{
    private const Audience Parties = Audience.Creator | Audience.Seller;

    public static IReadOnlyList<Telling> Of(EventData data) => data switch
    {
        StageEntered { Stage: DesignStage.Won } => [new("The design won its contest and goes to the sellers' bids by itself.", Audience.Creator)],
        StageEntered { Stage: DesignStage.NotSelected } => [new("The design was not selected in its contest. Enter another one, or open it to bids.", Audience.Creator)],
        BidsRevealed e => [new(TimelineText.Of(e), Audience.Creator), .. e.Bids.Select(bid => new Telling(string.Create(CultureInfo.InvariantCulture, $"The bids were opened. Yours is number {bid.Rank} of {e.Bids.Count}."), Audience.None, bid.SellerId))],
        BidAccepted e => [new("Your bid was accepted. The licence comes for signature.", Audience.None, e.SellerId)],
        StandbyOffered e => [new("The licence is offered to you now. Answer before the offer ends.", Audience.None, e.SellerId)],
        _ => AudienceOf(data) is var audience && audience is Audience.None ? [] : [new(TimelineText.Of(data), audience)],
    };

    /// <summary>What decides something, or asks the person for something.</summary>
    public static bool IsImportant(EventData data) => data is StageEntered or DesignHeld or DesignRefused or BidsRevealed or BidAccepted or StandbyOffered or BiddingLapsed
        or LicenceSent or LicenceReminderSent or LicenceInForce or LicenceNotSigned or LicenceEnded or QuoteReceived or QuoteStale or ListingIssuesFound or StatementDrafted
        or StatementQueryAnswered or RoyaltyCollectionFailed or PayoutConfirmed or PayoutUnclaimed or PayoutReturned;

    private static Audience AudienceOf(EventData data) => data switch
    {
        // Nobody needs to hear that there is nothing.
        StatementDrafted { Gross.MinorUnits: 0, Net.MinorUnits: 0 } or StatementFinalized { Net.MinorUnits: 0 } or PayoutHeld { Balance.MinorUnits: 0 } => Audience.None,
        DesignPublished => Audience.Creator | Audience.Followers,
        DesignHeld or DesignRefused or BadgeAwarded or BiddingLapsed or CreatorToldOfDelay or OrderPlaced or StatementFinalized or StatementQueryAnswered => Audience.Creator,
        QuoteReceived or QuoteStale or MilestoneReached or ListingIssuesFound or RoyaltyCollectionFailed => Audience.Seller,
        LicenceSent or LicenceReminderSent or LicenceInForce or LicenceNotSigned or LicenceEnded or GoodsReceived or ListingBuyable or ListingEnded or StatementDrafted => Parties,
        PayoutHeld or PayoutReleased or PayoutPrepared or PayoutUnclaimed or PayoutConfirmed or PayoutReturned => Audience.Payee,
        _ => Audience.None,
    };
}
