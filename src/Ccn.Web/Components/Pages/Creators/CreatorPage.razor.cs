using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Ccn.Api.Royalties;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Creators;

public sealed partial class CreatorPage
{
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private FollowCommands Follows { get; set; } = null!;
    [Inject] private EarningsQueries Earnings { get; set; } = null!;
    [Inject] private FeedQueries Feed { get; set; } = null!;
    [Inject] private CurrentUser Reader { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <summary>The id, or the handle.</summary>
    [Parameter] public string CreatorId { get; set; } = "";

    [SupplyParameterFromQuery] private string? Cursor { get; set; }
    [SupplyParameterFromForm] private FollowForm Model { get; set; } = null!;

    private CreatorProfile Creator { get; set; } = null!;
    private Following Following { get; set; } = null!;
    private Page<FeedItem> Designs { get; set; } = null!;

    /// <summary>Null for everybody but the creator.</summary>
    private IReadOnlyList<EarningsBalance>? Earned { get; set; }

    private bool IsSignedIn => Reader.IsSignedIn;
    private bool IsMe => Reader.IsSignedIn && Reader.Id == Creator.CreatorId;

    protected override async Task LoadAsync()
    {
        var cancel = Http.RequestAborted;
        Model ??= new();
        Creator = await Accounts.CreatorAsync(CreatorId, cancel);
        Following = await Follows.OfAsync(Creator.CreatorId, cancel);
        Earned = IsMe ? (await Earnings.GetAsync(cancel)).Balances : null;
        Designs = await Feed.ListAsync(new(FeedSort.New, null, null, null, Creator.CreatorId, Cursor), cancel);
    }

    private async Task FollowAsync()
    {
        if (await Attempt.DoAsync(() => Follows.SetAsync(Creator.CreatorId, Model.Follow, Http.RequestAborted))) { Navigation.NavigateTo($"/creators/{CreatorId}"); }
    }

    private static string Title(string badge) => char.ToUpperInvariant(badge[0]) + badge[1..].Replace('-', ' ');

    internal sealed class FollowForm
    {
        public bool Follow { get; set; }
    }
}
