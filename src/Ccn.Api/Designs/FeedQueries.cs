using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Designs;

/// <summary>Orders of the feed.</summary>
public enum FeedSort
{
    /// <summary>Where something happened last. Votes stay out of it: they are secret until the count.</summary>
    Trending,
    New,

    /// <summary>Winners of contests, the last one first.</summary>
    Winners,
}

/// <param name="Q">Words, also misspelt or not typed to their end. The best matches come first, on one page.</param>
public sealed record FeedFilter(FeedSort Sort, string? Q, string? Category, string? Tag, string? CreatorId, string? Cursor, int Limit = 24);

/// <summary>A design on a card, with the name of who made it.</summary>
public sealed record FeedItem(DesignSummary Design, PersonName Creator);

/// <param name="Categories">The most used first.</param>
/// <param name="Tags">The most used first.</param>
public sealed record FeedFacets(IReadOnlyList<Facet> Categories, IReadOnlyList<Facet> Tags, int Designs);
public sealed record Facet(string Name, int Designs);

/// <summary>Something that what was typed may mean.</summary>
/// <param name="Kind"><c>design</c>, <c>creator</c> or <c>category</c>.</param>
/// <param name="Id">Of the design or the creator; the category's name.</param>
public sealed record Suggestion(string Kind, string Id, string Text);

/// <summary>What the front page reads: the feed, what to filter it by, and suggestions while somebody types.</summary>
public sealed class FeedQueries(CcnDbContext db, AccountQueries accounts)
{
    private const int MaxMatches = 60;

    private static readonly DesignStage[] Still = [DesignStage.NotSelected, DesignStage.Ended];

    public async Task<Page<FeedItem>> ListAsync(FeedFilter filter, CancellationToken cancel)
    {
        var limit = Cursor.Limit(filter.Limit);
        var rows = db.Designs.AsNoTracking().Visible();
        if (filter.Category is { } category) { rows = rows.Where(design => design.Category == category); }

        if (filter.Tag is { } tag) { rows = rows.Where(design => design.Tags.Contains(tag)); }

        if (filter.CreatorId is { } creator) { rows = rows.Where(design => design.CreatorId == creator); }

        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var found = await rows.Matching(filter.Q).Nearest(filter.Q).Take(MaxMatches).ToListAsync(cancel);
            return new(await NamedAsync(found, cancel), null);
        }

        var after = Cursor.Parse(filter.Cursor);
        rows = filter.Sort switch
        {
            FeedSort.Trending => rows.Where(design => !Still.Contains(design.Stage) && (after == null || design.StageSince < after.Value.At || (design.StageSince == after.Value.At && string.Compare(design.Id, after.Value.Id) < 0)))
                .OrderByDescending(design => design.StageSince),
            FeedSort.Winners => rows.Where(design => design.SpotlightAt != null && (after == null || design.SpotlightAt < after.Value.At || (design.SpotlightAt == after.Value.At && string.Compare(design.Id, after.Value.Id) < 0)))
                .OrderByDescending(design => design.SpotlightAt),
            _ => rows.Where(design => after == null || design.SubmittedAt < after.Value.At || (design.SubmittedAt == after.Value.At && string.Compare(design.Id, after.Value.Id) < 0))
                .OrderByDescending(design => design.SubmittedAt),
        };
        var page = await ((IOrderedQueryable<DesignView>)rows).ThenByDescending(design => design.Id).Take(limit + 1).ToListAsync(cancel);
        var cut = Page.Of(page, limit, design => new(filter.Sort switch { FeedSort.Trending => design.StageSince, FeedSort.Winners => design.SpotlightAt, _ => design.SubmittedAt } ?? default, design.Id));
        return new(await NamedAsync(cut.Items, cancel), cut.Next);
    }

    /// <summary>Categories and tags of what everybody may see.</summary>
    public async Task<FeedFacets> FacetsAsync(CancellationToken cancel)
    {
        var categories = await db.Designs.Visible().GroupBy(design => design.Category).Select(group => new { Name = group.Key, Designs = group.Count() }).OrderByDescending(facet => facet.Designs).ThenBy(facet => facet.Name).ToListAsync(cancel);
        var tags = await db.Designs.Visible().SelectMany(design => design.Tags).GroupBy(tag => tag).Select(group => new { Name = group.Key, Designs = group.Count() }).OrderByDescending(facet => facet.Designs).ThenBy(facet => facet.Name).Take(12).ToListAsync(cancel);
        return new([.. categories.Select(facet => new Facet(facet.Name, facet.Designs))], [.. tags.Select(facet => new Facet(facet.Name, facet.Designs))], categories.Sum(facet => facet.Designs));
    }

    /// <summary>The designs that are visible of those asked for, by id.</summary>
    public async Task<IReadOnlyDictionary<string, FeedItem>> CardsAsync(IReadOnlyCollection<string> designIds, CancellationToken cancel)
    {
        var rows = await db.Designs.AsNoTracking().Visible().Where(design => designIds.Contains(design.Id)).ToListAsync(cancel);
        return (await NamedAsync(rows, cancel)).ToDictionary(item => item.Design.DesignId, StringComparer.Ordinal);
    }

    /// <summary>What it may mean that somebody has typed so far, the nearest first.</summary>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(string? typed, CancellationToken cancel)
    {
        var words = DesignSearch.Clean(typed ?? "");
        if (words.Length is 0 or > 80) { return []; }

        var designs = await db.Designs.AsNoTracking().Visible().Matching(words).Nearest(words).Take(6).Select(design => new Suggestion("design", design.Id, design.Title)).ToListAsync(cancel);
        var creators = await db.Users.AsNoTracking()
            .Where(user => EF.Functions.TrigramsAreWordSimilar(words, user.DisplayName) && db.Designs.Any(design => design.CreatorId == user.Id && design.PublishedAt != null))
            .OrderByDescending(user => EF.Functions.TrigramsWordSimilarity(words, user.DisplayName)).ThenBy(user => user.Id).Take(3).Select(user => new Suggestion("creator", user.Handle, user.DisplayName)).ToListAsync(cancel);
        var categories = await db.Designs.Visible().Where(design => EF.Functions.TrigramsAreWordSimilar(words, design.Category)).Select(design => design.Category).Distinct().OrderBy(category => category).Take(3).ToListAsync(cancel);
        return [.. categories.Select(category => new Suggestion("category", category, category)), .. creators, .. designs];
    }

    private async Task<IReadOnlyList<FeedItem>> NamedAsync(IReadOnlyList<DesignView> designs, CancellationToken cancel)
    {
        var names = await accounts.NamesAsync(designs.Select(design => design.CreatorId), cancel);
        return [.. designs.Select(design => new FeedItem(DesignQueries.Summary(design), names.GetValueOrDefault(design.CreatorId, PersonName.Unknown)))];
    }
}
