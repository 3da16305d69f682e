using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Bids;

/// <summary>A bid as its reader may see it. While the round is sealed nobody sees terms, the seller's own included: the receipt proves them.</summary>
/// <param name="RoyaltyPerUnit">What one unit at the planned price would earn.</param>
/// <param name="RoyaltyOfRun">What the planned first run would earn if it sells out.</param>
public sealed record BidView(string BidId, string SellerId, BidState State, string? Receipt, DateTimeOffset? LodgedAt, int? Rank, BidTerms? Terms, Money? RoyaltyPerUnit, Money? RoyaltyOfRun, DateTimeOffset? StandbyUntil);

public sealed class BidQueries(CcnDbContext db, CurrentUser user)
{
    /// <summary>All bids for the creator and staff; a seller sees only their own.</summary>
    public async Task<IReadOnlyList<BidView>> ForDesignAsync(string designId, CancellationToken cancel)
    {
        var creatorId = await db.Designs.AsNoTracking().Where(design => design.Id == designId).Select(design => design.CreatorId).SingleOrDefaultAsync(cancel)
            ?? throw ProblemException.NotFound("design");
        var all = user.Id == creatorId || user.IsStaff;
        var reader = user.Id;
        var bids = await db.Bids.AsNoTracking().Where(bid => bid.DesignId == designId && (all || bid.SellerId == reader)).OrderBy(bid => bid.Rank).ThenBy(bid => bid.LodgedAt).ToListAsync(cancel);
        return [.. bids.Select(bid => new BidView(bid.Id, bid.SellerId, bid.State, bid.SellerId == reader ? bid.Receipt : null, bid.LodgedAt, bid.Rank, bid.Terms,
            bid.Terms is null ? null : BidRanking.RoyaltyPerUnit(bid.Terms), bid.Terms is null ? null : BidRanking.RoyaltyOfRun(bid.Terms), bid.StandbyUntil))];
    }
}
