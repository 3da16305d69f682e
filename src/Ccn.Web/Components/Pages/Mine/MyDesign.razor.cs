using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Data.Bids;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Mine;

public sealed partial class MyDesign
{
    [Parameter] public string DesignId { get; set; } = "";

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private CreatorDesignQueries Queries { get; set; } = null!;
    [Inject] private BidComparisonQueries Comparisons { get; set; } = null!;
    [Inject] private DesignCommands Designs { get; set; } = null!;
    [Inject] private BidCommands Bids { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private string? Key { get; set; }
    [SupplyParameterFromForm] private string? ContestId { get; set; }
    [SupplyParameterFromForm] private string? Reason { get; set; }

    private CreatorDesign? Design { get; set; }
    private BidComparison? Comparison { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Design = await Queries.GetAsync(DesignId, Http.RequestAborted);
        if (Design.Round is not null) { Comparison = await Comparisons.ForDesignAsync(DesignId, Http.RequestAborted); }
    }

    private Task EnterAsync() => SendAsync(() => Designs.EnterContestAsync(DesignId, ContestId ?? "", Key));

    private Task OpenAsync() => SendAsync(() => Designs.OpenBiddingAsync(DesignId, Key));

    private Task WithdrawAsync() => SendAsync(() => Designs.WithdrawAsync(DesignId, Reason ?? "", Key));

    private Task AcceptAsync(string bidId) => SendAsync(() => Bids.AcceptAsync(DesignId, bidId, Key));

    private Task DeclineAllAsync() => SendAsync(() => Bids.DeclineAllAsync(DesignId, Key));

    private async Task SendAsync(Func<Task> command)
    {
        if (await Attempt.DoAsync(command, OnInitializedAsync)) { Navigation.NavigateTo($"/my/designs/{DesignId}"); }
    }

    private static string OpenText(CreatorDesign design) =>
        $"Verified sellers can bid for {Length(design.BidWindow)}. You may withdraw the design until you accept a bid, but not stop single bids. If you take none in the {Length(design.DecisionTime)} after that, the bids lapse.";

    /// <summary>Whether the round is what the page is about now; a past one stands below.</summary>
    private static bool IsOpen(BidRound round) => round.State is BiddingState.Open or BiddingState.Revealed;

    private static string Length(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => Words.Count(time.TotalDays, "day"),
        { TotalHours: >= 1 } => Words.Count(time.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Words.Count(time.TotalMinutes, "minute"),
        _ => Words.Count(time.TotalSeconds, "second"),
    };
}
