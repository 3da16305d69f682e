using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Ccn.Domain.Bids;
using Ccn.Domain.Lifecycle;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class DesignsToBid
{
    private static readonly (string Key, string Text)[] Lists = [("open", "Open to bids"), ("spotlight", "Spotlight"), ("voting", "In contests"), ("all", "All")];

    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private BidQueries Bids { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Show { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Category { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }

    private Page<DesignSummary>? Found { get; set; }
    private SellerAccountSummary? Account { get; set; }
    private IReadOnlyDictionary<string, RoundSummary> Rounds { get; set; } = new Dictionary<string, RoundSummary>(StringComparer.Ordinal);
    private HashSet<string> Mine { get; set; } = [];

    private string Shown => Array.Exists(Lists, list => list.Key == Show) ? Show! : "open";

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        DesignStage? stage = Shown switch { "open" => DesignStage.OpenToBids, "voting" => DesignStage.InContest, _ => null };
        var found = await Designs.ListAsync(new(Q, string.IsNullOrEmpty(Category) ? null : Category, null, stage, null, Shown == "spotlight" ? true : null, null, 24, Cursor), cancel);
        Rounds = await Bids.RoundsAsync([.. found.Items.Select(design => design.DesignId)], cancel);
        Mine = [.. (await Bids.MineAsync(cancel)).Where(mine => mine.Bid.State is not BidState.Withdrawn).Select(mine => mine.DesignId)];
        Account = await Accounts.FindSellerAccountAsync(cancel);
        Found = found;
    }

    private string Address(string show, string? category, string? cursor = null) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/desk/designs",
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["show"] = show, ["q"] = string.IsNullOrWhiteSpace(Q) ? null : Q, ["category"] = category, ["cursor"] = cursor });
}
