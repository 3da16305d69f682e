using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Requests;
using Ccn.Data.Designs;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class DesignsToBid
{
    private static readonly (string Key, string Text)[] Lists = [("open", "Open to bids"), ("spotlight", "Spotlight"), ("voting", "In contests"), ("all", "All")];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SavedSearches Searches { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    [Inject] private BidQueries Bids { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Show { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Category { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }
    [SupplyParameterFromForm] private SearchForm Model { get; set; } = null!;

    private Page<DesignSummary>? Found { get; set; }
    private IReadOnlyList<SavedSearchSummary> Saved { get; set; } = [];
    private SellerAccountSummary? Account { get; set; }
    private IReadOnlyDictionary<string, RoundSummary> Rounds { get; set; } = new Dictionary<string, RoundSummary>(StringComparer.Ordinal);
    private HashSet<string> Mine { get; set; } = [];

    private string Shown => Array.Exists(Lists, list => list.Key == Show) ? Show! : "open";

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        Model ??= new() { SearchId = Ids.New(Ids.SavedSearch, Clock.GetUtcNow()), Tell = true };
        var found = await Searches.ListAsync(List, Q, Category, Cursor, cancel);
        Saved = await Searches.MineAsync(cancel);
        Rounds = await Bids.RoundsAsync([.. found.Items.Select(design => design.DesignId)], cancel);
        Mine = [.. (await Bids.MineAsync(cancel)).Where(mine => mine.Bid.State is not BidState.Withdrawn).Select(mine => mine.DesignId)];
        Account = await Accounts.FindSellerAccountAsync(cancel);
        Found = found;
    }

    private SellerList List => Enum.Parse<SellerList>(Shown, ignoreCase: true);

    /// <summary>The saved one that is shown.</summary>
    private SavedSearchSummary? Current => Saved.FirstOrDefault(search => search.List == List && (search.Words ?? "") == (Q?.Trim() ?? "") && (search.Category ?? "") == (Category ?? ""));

    private Task SaveAsync() => DoAsync(() => Searches.SaveAsync(Model.SearchId ?? "", Model.Name, List, Q, Category, Model.Tell, Http.RequestAborted), Address(Shown, Category));

    private Task ChangeAsync(string searchId) => DoAsync(() => Searches.ChangeAsync(searchId, Model.Name, Model.Tell, Http.RequestAborted), Address(Shown, Category));

    private Task DeleteAsync(string searchId) => DoAsync(() => Searches.DeleteAsync(searchId, Http.RequestAborted), Address(Shown, Category));

    private Task LookAsync(SavedSearchSummary search) => DoAsync(() => Searches.LookAsync(search.SearchId, Http.RequestAborted), AddressOf(search));

    private async Task DoAsync(Func<Task> command, string next)
    {
        if (await Attempt.DoAsync(command)) { Navigation.NavigateTo(next); }
    }

    private static string AddressOf(SavedSearchSummary search) => Address(search.List.ToString().ToLowerInvariant(), search.Words, search.Category);

    private string Address(string show, string? category, string? cursor = null) => Address(show, string.IsNullOrWhiteSpace(Q) ? null : Q, category, cursor);

    private static string Address(string show, string? words, string? category, string? cursor = null) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/desk/designs",
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["show"] = show, ["q"] = words, ["category"] = category, ["cursor"] = cursor });

    internal sealed class SearchForm
    {
        /// <summary>Made once when the form is first shown, so that two clicks save one.</summary>
        public string? SearchId { get; set; }
        public string? Name { get; set; }
        public bool Tell { get; set; }
    }
}
