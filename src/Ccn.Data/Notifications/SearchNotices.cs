using Ccn.Data.Designs;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Notifications;

/// <summary>Tells sellers that a design came into a list that they keep: once for each of their searches, however often the design comes into it.</summary>
public static class SearchNotices
{
    /// <summary>Type of these notices, which is no event's.</summary>
    public const string Type = "search.matched";

    /// <summary>Told of one event, those who saved first: an event's transaction stays short. Whoever comes later sees the design by the count in the list.</summary>
    private const int MostTold = 1_000;

    /// <summary>Notices of an event by which a design comes into a list, after the projections know it.</summary>
    internal static async Task<IReadOnlyList<Notice>> OfAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        if (e.DesignId is not { } designId || ListOf(e.Data) is not { } list) { return []; }

        // The same rule as the list's own; see DesignSearch.Matching.
#pragma warning disable CA1304, CA1311, MA0011 // PostgreSQL's lower(): no other form becomes SQL
        var found = await (from design in db.Designs
                           where design.Id == designId && design.SubmittedAt != null && design.PublishedAt != null
                           from search in db.SavedSearches
                           where search.Tell && search.List == list && search.OwnerId != design.CreatorId && (search.Category == null || search.Category == design.Category)
                               && (search.Words == null || design.Search.Matches(EF.Functions.WebSearchToTsQuery("english", search.Words)) || EF.Functions.TrigramsAreWordSimilar(search.Words, design.Title)
                                   || design.Tags.Contains(search.Words.ToLower()))
                               && !db.Notices.Any(known => known.UserId == search.OwnerId && known.EventId == designId + ":" + search.Id)
                           orderby search.SavedAt, search.Id
                           select new { search.Id, search.OwnerId, search.Name, design.Title }).Take(MostTold).ToListAsync(cancel);
#pragma warning restore CA1304, CA1311, MA0011
        return [.. found.Select(search => new Notice
        {
            UserId = search.OwnerId, EventId = designId + ":" + search.Id, At = e.OccurredAt, Type = Type, Title = search.Title, Text = $"New in your saved search “{search.Name}”: {What(list)}", DesignId = designId,
        })];
    }

    private static SellerList? ListOf(EventData data) => data switch
    {
        BiddingOpened => SellerList.Open,
        SpotlightOpened => SellerList.Spotlight,
        ContestEntered => SellerList.Voting,
        DesignPublished => SellerList.All,
        _ => null,
    };

    private static string What(SellerList list) => list switch
    {
        SellerList.Open => "the design takes sealed bids now.",
        SellerList.Spotlight => "the design won its contest.",
        SellerList.Voting => "the design is in a contest now.",
        _ => "the design was published.",
    };
}
