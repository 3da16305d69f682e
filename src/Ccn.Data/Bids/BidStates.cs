using Ccn.Domain.Bids;

namespace Ccn.Data.Bids;

/// <summary>States of a round and its bids from the facts alone.</summary>
internal static class BidStates
{
    public static void Derive(BiddingView round, IReadOnlyList<BidView> bids)
    {
        round.State = round switch
        {
            { AcceptedBidId: not null } => BiddingState.Accepted,
            { LapsedAt: not null } => BiddingState.Lapsed,
            { RevealedAt: not null } => BiddingState.Revealed,
            _ => BiddingState.Open,
        };

        // The licence is with the accepted bid until a standby bidder takes it; then with the last who did.
        var taker = bids.Where(HasTaken).Aggregate((BidView?)null, (last, b) => last is null || b.AnswerStamp.Follows(last.AnswerStamp) ? b : last);
        var holderId = taker?.Id ?? round.AcceptedBidId;
        var fellThrough = bids.Any(b => b.StandbyOfferedAt is not null && (taker is null || b.OfferStamp.Follows(taker.AnswerStamp)));
        foreach (var bid in bids)
        {
            bid.State = bid.Id == holderId
                ? fellThrough ? BidState.Defaulted : BidState.Accepted
                : bid.Id == round.AcceptedBidId || HasTaken(bid) ? BidState.Defaulted : Others(bid, round, bids);
        }
    }

    private static bool HasTaken(BidView bid) => bid.StandbyAccepted is true && !bid.OfferStamp.Follows(bid.AnswerStamp);

    private static BidState Others(BidView bid, BiddingView round, IReadOnlyList<BidView> bids)
    {
        if (bid.WithdrawnAt is not null && !bid.LodgedStamp.Follows(bid.WithdrawnStamp)) { return BidState.Withdrawn; }

        if (bid.StandbyAccepted is false && !bid.OfferStamp.Follows(bid.AnswerStamp)) { return bid.StandbyTimedOut is true ? BidState.Lapsed : BidState.Declined; }

        // A seller has one open bid: a newer one takes the place of the older; what was not opened with the others had been replaced too.
        var replaced = bid.RevealedAt is null
            && (round.RevealedAt is not null || bids.Any(b => b.SellerId == bid.SellerId && b.Id != bid.Id && b.LodgedStamp.Follows(bid.LodgedStamp)));
        return (replaced, round, bid) switch
        {
            (true, _, _) => BidState.Withdrawn,
            (_, { AcceptedBidId: not null }, _) => BidState.Standby,
            (_, { LapsedAt: not null }, _) => BidState.Lapsed,
            (_, _, { RevealedAt: not null }) => BidState.Revealed,
            _ => BidState.Sealed,
        };
    }
}
