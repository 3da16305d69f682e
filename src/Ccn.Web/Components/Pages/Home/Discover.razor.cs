using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Home;

public sealed partial class Discover
{
    private const int Thumbnails = 4;

    [Inject] private FeedQueries Feed { get; set; } = null!;
    [Inject] private ContestQueries Contests { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Sort { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Category { get; set; }
    [SupplyParameterFromQuery] private string? Tag { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }

    private FeedAddress Here { get; set; } = null!;
    private Page<FeedItem> Designs { get; set; } = null!;
    private FeedFacets Facets { get; set; } = null!;
    private ContestSummary? Closing { get; set; }
    private IReadOnlyList<FeedItem> Entries { get; set; } = [];
    private DateTimeOffset Now { get; set; }

    private string Heading => Here switch
    {
        { Q: { } words } => $"“{words}”",
        { Category: { } category, Tag: { } tag } => $"{Capital(category)}, #{tag}",
        { Category: { } category } => Capital(category),
        { Tag: { } tag } => "#" + tag,
        _ => "More designs",
    };

    protected override async Task LoadAsync()
    {
        var cancel = Http.RequestAborted;
        Now = Clock.GetUtcNow();
        Here = new(Enum.TryParse<FeedSort>(Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : FeedSort.Trending, Given(Q), Given(Category), Given(Tag));
        Designs = await Feed.ListAsync(new(Here.Sort, Here.Q, Here.Category, Here.Tag, null, Cursor), cancel);
        Facets = await Feed.FacetsAsync(cancel);
        if (Here.IsFiltered || Cursor is not null || await Contests.NextToCloseAsync(cancel) is not { } closing) { return; }

        // The order is the contest's own: another one for each reader and day while it is blind.
        var entries = (await Contests.GetAsync(closing.ContestId, cancel)).Entries.Take(Thumbnails).Select(entry => entry.DesignId).ToList();
        var cards = await Feed.CardsAsync(entries, cancel);
        (Closing, Entries) = (closing, [.. entries.Where(cards.ContainsKey).Select(id => cards[id])]);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
