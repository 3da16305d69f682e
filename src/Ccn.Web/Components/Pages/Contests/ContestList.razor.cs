using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Contests;

public sealed partial class ContestList
{
    [Inject] private ContestQueries Queries { get; set; } = null!;
    [Inject] private FeedQueries Feed { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<ContestSummary> Contests { get; set; } = [];
    private IReadOnlyDictionary<string, FeedItem> Winners { get; set; } = null!;
    private DateTimeOffset Now { get; set; }

    private IReadOnlyList<ContestSummary> Open => [.. Contests.Where(contest => contest.Phase is not ("Decided" or "Canceled"))];
    private IReadOnlyList<ContestSummary> Over => [.. Contests.Where(contest => contest.Phase is "Decided" or "Canceled")];

    protected override async Task LoadAsync()
    {
        Now = Clock.GetUtcNow();
        Contests = await Queries.ListAsync(Http.RequestAborted);
        Winners = await Feed.CardsAsync([.. Contests.Select(contest => contest.WinnerDesignId).OfType<string>()], Http.RequestAborted);
    }
}
