using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Bids;

/// <summary>Rounds of bids and the bids in them. Facts are written once each; states are derived from them by <see cref="BidStates"/>.</summary>
internal static class BidProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        if (e.DesignId is null
            || e.Data is not (BiddingOpened or BidLodged or BidWithdrawn or BidsRevealed or BidAccepted or BiddingLapsed or StandbyOffered or StandbyAnswered))
        {
            return;
        }

        await RecordAsync(db, e, cancel);

        // A state depends on the other bids of the round, so all of the design's are derived again.
        await db.Biddings.Where(b => b.DesignId == e.DesignId).LoadAsync(cancel);
        await db.Bids.Where(b => b.DesignId == e.DesignId).LoadAsync(cancel);
        var bids = db.Bids.Local.Where(b => b.DesignId == e.DesignId).ToList();
        foreach (var round in db.Biddings.Local.Where(b => b.DesignId == e.DesignId))
        {
            BidStates.Derive(round, bids.FindAll(b => b.BiddingId == round.Id));
        }
    }

    private static async Task RecordAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case BiddingOpened opened:
            {
                var round = await RoundAsync(db, e, cancel);
                (round.OpenedAt, round.ClosesAt, round.DecideBy) = (e.OccurredAt, opened.ClosesAt.ToUniversalTime(), opened.DecideBy.ToUniversalTime());
                round.FloorBasisPoints = opened.FloorBasisPoints;
                break;
            }

            case BidLodged lodged:
            {
                var bid = await BidAsync(db, lodged.BidId, e, inRound: true, cancel);
                if (!e.Stamp.Follows(bid.LodgedStamp)) { break; }

                (bid.LodgedStamp, bid.SellerId, bid.Receipt) = (e.Stamp, lodged.SellerId, lodged.Receipt);
                if (bid.RevealedAt is null) { bid.LodgedAt = e.OccurredAt; }   // the reveal tells the workflow's own instant

                break;
            }

            case BidWithdrawn withdrawn:
            {
                var bid = await BidAsync(db, withdrawn.BidId, e, inRound: true, cancel);
                if (e.Stamp.Follows(bid.WithdrawnStamp)) { (bid.WithdrawnStamp, bid.WithdrawnAt) = (e.Stamp, e.OccurredAt); }

                break;
            }

            case BidsRevealed revealed:
                await RevealAsync(db, revealed, e, cancel);
                break;
            case BidAccepted accepted:
            {
                var round = await RoundAsync(db, e, cancel);
                (round.AcceptedBidId, round.AcceptedAt, round.Automatic) = (accepted.BidId, e.OccurredAt, accepted.Automatic);
                await BidAsync(db, accepted.BidId, e, inRound: true, cancel);
                break;
            }

            case BiddingLapsed lapsed:
            {
                var round = await RoundAsync(db, e, cancel);
                (round.LapsedAt, round.LapseReason) = (e.OccurredAt, lapsed.Reason);
                break;
            }

            case StandbyOffered offered:
            {
                var bid = await BidAsync(db, offered.BidId, e, inRound: false, cancel);
                if (e.Stamp.Follows(bid.OfferStamp)) { (bid.OfferStamp, bid.StandbyOfferedAt, bid.StandbyUntil) = (e.Stamp, e.OccurredAt, offered.Until.ToUniversalTime()); }

                break;
            }

            case StandbyAnswered answered:
            {
                var bid = await BidAsync(db, answered.BidId, e, inRound: false, cancel);
                if (!e.Stamp.Follows(bid.AnswerStamp)) { break; }

                (bid.AnswerStamp, bid.StandbyAnsweredAt) = (e.Stamp, e.OccurredAt);
                (bid.StandbyAccepted, bid.StandbyTimedOut) = (answered.Accepted, answered.TimedOut);
                break;
            }
        }
    }

    private static async Task RevealAsync(CcnDbContext db, BidsRevealed revealed, StoredEvent e, CancellationToken cancel)
    {
        var round = await RoundAsync(db, e, cancel);
        round.RevealedAt = e.OccurredAt;
        foreach (var opened in revealed.Bids)
        {
            var bid = await BidAsync(db, opened.BidId, e, inRound: true, cancel);
            (bid.SellerId, bid.LodgedAt, bid.RevealedAt) = (opened.SellerId, opened.LodgedAt.ToUniversalTime(), e.OccurredAt);
            (bid.Rank, bid.Terms) = (opened.Rank, opened.Terms);
        }
    }

    private static async Task<BiddingView> RoundAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var round = await db.Biddings.RowAsync(() => new() { Id = e.WorkflowId }, cancel, e.WorkflowId);
        round.DesignId = e.DesignId!;
        return round;
    }

    /// <param name="inRound">Whether the event was told by the round's own workflow, so that the bid is known to be in it.</param>
    private static async Task<BidView> BidAsync(CcnDbContext db, string bidId, StoredEvent e, bool inRound, CancellationToken cancel)
    {
        var bid = await db.Bids.RowAsync(() => new() { Id = bidId }, cancel, bidId);
        bid.DesignId = e.DesignId!;
        if (inRound)
        {
            bid.BiddingId = e.WorkflowId;
            await RoundAsync(db, e, cancel);
        }

        return bid;
    }
}
