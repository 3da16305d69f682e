using Ccn.Api.Accounts;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Contests;

public sealed partial class ContestPage
{
    [Inject] private ContestQueries Queries { get; set; } = null!;
    [Inject] private FeedQueries Feed { get; set; } = null!;
    [Inject] private CurrentUser Reader { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string ContestId { get; set; } = "";

    private ContestDetail Detail { get; set; } = null!;
    private IReadOnlyDictionary<string, FeedItem> Cards { get; set; } = null!;
    private IReadOnlyDictionary<string, int> Mine { get; set; } = null!;
    private DateTimeOffset Now { get; set; }

    private ContestSummary Contest => Detail.Contest;
    private bool IsDecided => Contest.Phase == "Decided";
    private bool IsOver => Contest.Phase is "Decided" or "Canceled";
    private bool IsVoting => !IsOver && Contest.VotingOpensAt <= Now && Contest.VotingClosesAt > Now;
    private bool MayEnter => !IsOver && Reader.Is(Roles.Creator) && Contest.OpensAt <= Now && Contest.SubmissionsCloseAt > Now;
    private FeedItem? Winner => Contest.WinnerDesignId is { } id ? Cards.GetValueOrDefault(id) : null;

    protected override async Task LoadAsync()
    {
        var cancel = Http.RequestAborted;
        Now = Clock.GetUtcNow();
        Detail = await Queries.GetAsync(ContestId, cancel);
        Cards = await Feed.CardsAsync([.. Detail.Entries.Select(entry => entry.DesignId)], cancel);
        Mine = await Queries.MyBallotsAsync(ContestId, cancel);
    }
}
