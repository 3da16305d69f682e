using Ccn.Api.Designs;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Desk;

/// <summary>What is in each of the sellers' lists, and since when.</summary>
internal static class SellerLists
{
    public static DesignFilter FilterOf(SellerList list, string? words, string? category, string? cursor) => new(words, string.IsNullOrEmpty(category) ? null : category, null,
        list switch { SellerList.Open => DesignStage.OpenToBids, SellerList.Voting => DesignStage.InContest, _ => null }, null, list is SellerList.Spotlight ? true : null, null, 24, cursor);

    /// <summary>Designs that match and came into the list after an instant.</summary>
    public static IQueryable<DesignView> Since(CcnDbContext db, SavedSearch search, DateTimeOffset since)
    {
        var rows = DesignQueries.Filtered(db.Designs.AsNoTracking().Visible(), FilterOf(search.List, search.Words, search.Category, null));
        return search.List switch
        {
            SellerList.Open => rows.Where(design => db.Biddings.Any(round => round.DesignId == design.Id && round.OpenedAt > since)),
            SellerList.Voting => rows.Where(design => db.ContestEntries.Any(entry => entry.DesignId == design.Id && entry.EnteredAt > since)),
            SellerList.Spotlight => rows.Where(design => design.SpotlightAt > since),
            _ => rows.Where(design => design.PublishedAt > since),
        };
    }
}
