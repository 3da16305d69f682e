using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Bids;

/// <summary>Revealed bids side by side, over the same demand.</summary>
/// <param name="Scenarios">Low, middle, high; empty while nothing is revealed.</param>
/// <param name="Bids">Best first.</param>
public sealed record BidComparison(IReadOnlyList<DemandScenario> Scenarios, IReadOnlyList<ComparedBid> Bids);

/// <param name="Forecasts">One for each scenario, in their order.</param>
/// <param name="UnitsUntilPayout">Units that must sell until the creator's part reaches the smallest payout; null when no realistic number does.</param>
/// <param name="SmallestPayout">In the bid's currency.</param>
public sealed record ComparedBid(string BidId, string SellerName, SellerRecord Seller, BidState State, int? Rank, DateTimeOffset? LodgedAt, BidTerms Terms, Money RoyaltyPerUnit, IReadOnlyList<BidForecast> Forecasts,
    int? UnitsUntilPayout, Money SmallestPayout);

/// <summary>What is on record of a seller.</summary>
/// <param name="Licences">Signed by both.</param>
/// <param name="Selling">Designs that they sell now.</param>
/// <param name="FellThrough">Accepted bids that they did not follow up.</param>
public sealed record SellerRecord(int Licences, int Selling, int FellThrough);

/// <summary>Lets a creator choose between bids. The figures are the royalty engine's.</summary>
public sealed class BidComparisonQueries(CcnDbContext db, CurrentUser user)
{
    private static readonly BidState[] Shown = [BidState.Revealed, BidState.Accepted, BidState.Standby, BidState.Defaulted];

    /// <exception cref="ProblemException">The design is another person's, or does not exist.</exception>
    public async Task<BidComparison> ForDesignAsync(string designId, CancellationToken cancel)
    {
        var reader = user.Id;
        var templateId = await db.Designs.AsNoTracking().Where(design => design.Id == designId && design.CreatorId == reader).Select(design => design.TemplateId).SingleOrDefaultAsync(cancel) ?? throw ProblemException.NotFound("design");
        var round = await db.Biddings.AsNoTracking().Where(bidding => bidding.DesignId == designId).OrderByDescending(bidding => bidding.OpenedAt).Select(bidding => bidding.Id).FirstOrDefaultAsync(cancel);
        var bids = await db.Bids.AsNoTracking().Where(bid => bid.DesignId == designId && bid.BiddingId == round && Shown.Contains(bid.State)).OrderBy(bid => bid.Rank).ToListAsync(cancel);
        bids.RemoveAll(bid => bid.Terms is null);
        var template = Templates.Get(templateId);
        var scenarios = BidOutlook.Scenarios([.. bids.Select(bid => bid.Terms!)]);
        var sellers = bids.Select(bid => bid.SellerId).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(seller => sellers.Contains(seller.Id)).ToDictionaryAsync(seller => seller.Id, seller => seller.DisplayName, StringComparer.Ordinal, cancel);
        var records = await RecordsAsync(sellers, cancel);
        return new(scenarios, [.. bids.Select(bid =>
        {
            var smallest = new Money(template.Payouts.Minimum, bid.Terms!.PlannedPrice.Currency);
            return new ComparedBid(bid.Id, names.GetValueOrDefault(bid.SellerId, bid.SellerId), records[bid.SellerId], bid.State, bid.Rank, bid.LodgedAt, bid.Terms, BidRanking.RoyaltyPerUnit(bid.Terms),
                [.. scenarios.Select(scenario => BidOutlook.Forecast(bid.Terms, template.Royalties, scenario))], BidOutlook.UnitsUntil(bid.Terms, template.Royalties, smallest), smallest);
        })]);
    }

    private async Task<Dictionary<string, SellerRecord>> RecordsAsync(List<string> sellers, CancellationToken cancel)
    {
        var signed = await db.Licences.AsNoTracking().Where(licence => sellers.Contains(licence.SellerId) && licence.EffectiveAt != null)
            .GroupBy(licence => licence.SellerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancel);
        var selling = await db.Licences.AsNoTracking().Where(licence => sellers.Contains(licence.SellerId) && licence.EffectiveAt != null && db.Designs.Any(design => design.Id == licence.DesignId && design.Stage == Domain.Lifecycle.DesignStage.Selling))
            .GroupBy(licence => licence.SellerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancel);
        var failed = await db.Bids.AsNoTracking().Where(bid => sellers.Contains(bid.SellerId) && bid.State == BidState.Defaulted)
            .GroupBy(bid => bid.SellerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancel);
        return sellers.ToDictionary(seller => seller, seller => new SellerRecord(signed.GetValueOrDefault(seller), selling.GetValueOrDefault(seller), failed.GetValueOrDefault(seller)), StringComparer.Ordinal);
    }
}
