using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Domain.Bids;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class MyBids
{
    private static readonly (string Key, string Text)[] Lists = [("open", "Open"), ("won", "Won"), ("over", "Over"), ("all", "All")];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private BidQueries Queries { get; set; } = null!;
    [Inject] private BidCommands Commands { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Show { get; set; }
    [SupplyParameterFromQuery] private string? Lodged { get; set; }
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private string? Key { get; set; }

    private IReadOnlyList<MyBid>? All { get; set; }
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    private string Shown => Array.Exists(Lists, list => list.Key == Show) ? Show! : "all";

    private IReadOnlyList<MyBid> Listed => [.. All!.Where(mine => Belongs(mine, Shown))];

    protected override async Task OnInitializedAsync()
    {
        var all = await Queries.MineAsync(Http.RequestAborted);
        Designs = await DesignQueries.ByIdAsync(all.Select(mine => mine.DesignId), Http.RequestAborted);
        All = all;
    }

    private static bool Belongs(MyBid mine, string list) => list switch
    {
        "open" => mine.Bid.State is BidState.Sealed or BidState.Revealed or BidState.Standby,
        "won" => mine.Bid.State is BidState.Accepted,
        "over" => mine.Bid.State is BidState.Declined or BidState.Lapsed or BidState.Withdrawn or BidState.Defaulted,
        _ => true,
    };

    private bool IsOffered(Api.Bids.BidView bid) => bid.State is BidState.Standby && bid.StandbyUntil > Clock.GetUtcNow();

    private RenderFragment NextOf(MyBid mine) => builder =>
    {
        (string What, DateTimeOffset? Until) next = mine.Bid.State switch
        {
            BidState.Sealed => ("revealed ", mine.Round?.ClosesAt),
            BidState.Revealed => ("the creator decides ", mine.Round?.DecideBy),
            BidState.Standby when IsOffered(mine.Bid) => ("your answer is due ", mine.Bid.StandbyUntil),
            BidState.Standby => ("in line if the licence falls through", null),
            BidState.Accepted => ("see the licence", null),
            BidState.Lapsed => ("the window ended without a choice", null),
            BidState.Defaulted => ("the licence was not signed in time", null),
            _ => ("nothing more", null),
        };
        builder.AddContent(0, next.What);
        if (next.Until is null) { return; }

        builder.OpenComponent<Countdown>(1);
        builder.AddComponentParameter(2, nameof(Countdown.Until), next.Until);
        builder.CloseComponent();
    };

    private async Task WithdrawAsync(MyBid mine)
    {
        if (await Attempt.DoAsync(() => Commands.WithdrawAsync(mine.DesignId, mine.Bid.BidId), OnInitializedAsync)) { Navigation.NavigateTo("/desk/bids?done=withdrawn"); }
    }

    private async Task AnswerAsync(MyBid mine, bool accept)
    {
        if (await Attempt.DoAsync(() => Commands.AnswerStandbyAsync(mine.DesignId, mine.Bid.BidId, accept, Key), OnInitializedAsync)) { Navigation.NavigateTo("/desk/bids?done=answered"); }
    }
}
