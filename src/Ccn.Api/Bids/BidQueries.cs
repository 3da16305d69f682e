using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Bids;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Bids;

/// <summary>A bid as its reader may see it. While the round is sealed nobody sees terms, the seller's own included: the receipt proves them.</summary>
/// <param name="RoyaltyPerUnit">What one unit at the planned price would earn.</param>
/// <param name="RoyaltyOfRun">What the planned first run would earn if it sells out.</param>
public sealed record BidView(string BidId, string SellerId, BidState State, string? Receipt, DateTimeOffset? LodgedAt, int? Rank, BidTerms? Terms, Money? RoyaltyPerUnit, Money? RoyaltyOfRun, DateTimeOffset? StandbyUntil);

/// <summary>A round of sealed bids as everybody may see it.</summary>
/// <param name="FloorBasisPoints">Lowest percent bid that is taken.</param>
/// <param name="DecideBy">Until then the creator chooses.</param>
public sealed record RoundSummary(string DesignId, BiddingState State, DateTimeOffset? ClosesAt, DateTimeOffset? DecideBy, int FloorBasisPoints);

/// <summary>A seller's own bid with the round it is in.</summary>
public sealed record MyBid(string DesignId, BidView Bid, RoundSummary? Round);

public sealed class BidQueries(CcnDbContext db, CurrentUser user)
{
    /// <summary>The seller's own bids, newest first.</summary>
    public async Task<IReadOnlyList<MyBid>> MineAsync(CancellationToken cancel)
    {
        var reader = user.Id;
        var bids = await db.Bids.AsNoTracking().Where(bid => bid.SellerId == reader).OrderByDescending(bid => bid.LodgedAt).ThenBy(bid => bid.Id).Take(500).ToListAsync(cancel);
        var ids = bids.Select(bid => bid.BiddingId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var rounds = await db.Biddings.AsNoTracking().Where(round => ids.Contains(round.Id)).ToDictionaryAsync(round => round.Id, Summary, cancel);
        return [.. bids.Select(bid => new MyBid(bid.DesignId, View(bid, reader), bid.BiddingId is null ? null : rounds.GetValueOrDefault(bid.BiddingId)))];
    }

    /// <summary>The latest round of each design that has one.</summary>
    public async Task<IReadOnlyDictionary<string, RoundSummary>> RoundsAsync(IReadOnlyCollection<string> designIds, CancellationToken cancel)
    {
        var rounds = await db.Biddings.AsNoTracking().Where(round => designIds.Contains(round.DesignId)).ToListAsync(cancel);
        return rounds.GroupBy(round => round.DesignId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Summary(group.MaxBy(round => round.OpenedAt)!), StringComparer.Ordinal);
    }

    /// <summary>All bids for the creator and staff; a seller sees only their own.</summary>
    public async Task<IReadOnlyList<BidView>> ForDesignAsync(string designId, CancellationToken cancel)
    {
        var creatorId = await db.Designs.AsNoTracking().Where(design => design.Id == designId).Select(design => design.CreatorId).SingleOrDefaultAsync(cancel)
            ?? throw ProblemException.NotFound("design");
        var all = user.Id == creatorId || user.IsStaff;
        var reader = user.Id;
        var bids = await db.Bids.AsNoTracking().Where(bid => bid.DesignId == designId && (all || bid.SellerId == reader)).OrderBy(bid => bid.Rank).ThenBy(bid => bid.LodgedAt).ToListAsync(cancel);
        return [.. bids.Select(bid => View(bid, reader))];
    }

    private static BidView View(Data.Bids.BidView bid, string reader) => new(bid.Id, bid.SellerId, bid.State, bid.SellerId == reader ? bid.Receipt : null, bid.LodgedAt, bid.Rank, bid.Terms,
        bid.Terms is null ? null : BidRanking.RoyaltyPerUnit(bid.Terms), bid.Terms is null ? null : BidRanking.RoyaltyOfRun(bid.Terms), bid.StandbyUntil);

    private static RoundSummary Summary(BiddingView round) => new(round.DesignId, round.State, round.ClosesAt, round.DecideBy, round.FloorBasisPoints);
}
