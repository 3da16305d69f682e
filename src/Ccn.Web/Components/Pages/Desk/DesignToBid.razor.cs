using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Listings;
using Ccn.Api.Problems;
using Ccn.Data.Bids;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Listings;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class DesignToBid
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private BidQueries BidQueries { get; set; } = null!;
    [Inject] private BidCommands Bids { get; set; } = null!;
    [Inject] private DeskQueries Desk { get; set; } = null!;
    [Inject] private FeeEstimates Fees { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string DesignId { get; set; } = "";

    [SupplyParameterFromForm] private BidForm Model { get; set; } = null!;

    // A plan can be linked to, and the script asks for a new result by the same address.
    [SupplyParameterFromQuery] private string? Mode { get; set; }
    [SupplyParameterFromQuery] private string? Royalty { get; set; }
    [SupplyParameterFromQuery] private string? Price { get; set; }
    [SupplyParameterFromQuery] private string? Units { get; set; }
    [SupplyParameterFromQuery] private string? Cost { get; set; }
    [SupplyParameterFromQuery] private string? Shipping { get; set; }
    [SupplyParameterFromQuery] private string? Tooling { get; set; }
    [SupplyParameterFromQuery] private string? Category { get; set; }
    [SupplyParameterFromQuery] private string? Size { get; set; }
    [SupplyParameterFromQuery] private string? Asin { get; set; }
    [SupplyParameterFromQuery] private string? Term { get; set; }
    [SupplyParameterFromQuery] private string? Exclusive { get; set; }

    private DesignDetail? Found { get; set; }
    private LifecycleTemplate Rules { get; set; } = null!;
    private RoundSummary? Round { get; set; }
    private ContestResult? Contest { get; set; }
    private SellerAccountSummary? Account { get; set; }
    private MyBid? Mine { get; set; }
    private string? Creator { get; set; }

    private AmazonFeeEstimate? Estimate { get; set; }

    private ProfitPlan? Plan => Model.Plan(Estimate);

    /// <summary>Why the fees are the preset.</summary>
    private string WhyPreset => (AskRefusal, Plan) switch
    {
        ({ } refusal, _) => refusal.Detail,
        (_, { } plan) when !string.IsNullOrWhiteSpace(Model.Asin) => $"No estimate of Amazon for {Model.Asin.Trim()} at {Words.Of(plan.Terms.PlannedPrice)}, {DeskWords.Fulfilment(Model.FulfilledByAmazon)}, yet: ask Amazon.",
        _ => "Name an offer at Amazon that is like yours, and ask Amazon for its own estimate.",
    };

    /// <summary>Amazon's refusal, or ours, of the last question.</summary>
    private Refusal? AskRefusal => Model.Act is "ask" ? Attempt.Refusal : null;

    /// <summary>What does not stand beside the field.</summary>
    private string? AskedWhy => AskRefusal is null || Attempt.Of("asin") is not null ? null : AskRefusal.Errors is { } errors ? string.Join(" ", errors.Values.SelectMany(messages => messages)) : AskRefusal.Detail;

    private string? BelowFloor => Plan is { } plan ? BidRules.Refuse(plan.Terms, Rules.Bidding) : null;

    private string? WhyNot => (Round, Account) switch
    {
        (_, null) => "Connect your Amazon account first: only then can a bid be taken.",
        (_, { Verified: false }) => "Your account is not verified yet.",
        ({ State: BiddingState.Open }, _) => null,
        (null, _) => "No bidding is open: bids are taken for a week after the creator opens the design to them.",
        ({ State: BiddingState.Revealed }, _) => "The window has closed; the creator decides among the revealed bids.",
        ({ State: BiddingState.Accepted }, _) => "A bid was accepted.",
        _ => "The window has closed.",
    };

    protected override async Task OnInitializedAsync()
    {
        Model ??= Asked();
        var cancel = Http.RequestAborted;
        var found = await Designs.GetAsync(DesignId, cancel);
        Rules = await Desk.RulesAsync(DesignId, cancel);
        Round = (await BidQueries.RoundsAsync([DesignId], cancel)).GetValueOrDefault(DesignId);
        Mine = (await BidQueries.MineAsync(cancel)).FirstOrDefault(mine => mine.DesignId == DesignId && mine.Bid.State is not BidState.Withdrawn);
        Contest = await Designs.ContestResultAsync(DesignId, cancel);
        Account = await Accounts.FindSellerAccountAsync(cancel);
        Creator = (await Accounts.NamesAsync([found.Design.CreatorId], cancel)).GetValueOrDefault(found.Design.CreatorId)?.DisplayName;
        Model.Category ??= Guess(found.Design);
        Estimate = await KnownAsync();
        Found = found;
    }

    // What Amazon has said before; nobody is asked by a look.
    private async Task<AmazonFeeEstimate?> KnownAsync()
    {
        var typed = new TypedFields();
        var price = Model.AskedPrice(typed);
        return typed.AllRead ? await Fees.FindAsync(Model.Asin, price, Model.FulfilledByAmazon, Http.RequestAborted) : null;
    }

    private async Task SendAsync()
    {
        if (Model.Act is "ask") { await AskAsync(); }
        else if (Model.Act is "bid") { await BidAsync(); }
    }

    private Task<bool> AskAsync() => Attempt.DoAsync(async () =>
    {
        var typed = new TypedFields();
        var price = Model.AskedPrice(typed);
        typed.Throw();
        Estimate = await Fees.AskAsync(Model.Asin, price, Model.FulfilledByAmazon);
    });

    private async Task BidAsync()
    {
        var bidId = Model.BidId ?? "";
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var terms = Model.Terms(typed);
            typed.Throw();
            await Bids.PlaceAsync(DesignId, bidId, terms);
        }, OnInitializedAsync);
        if (done) { Navigation.NavigateTo("/desk/bids?lodged=" + Uri.EscapeDataString(bidId)); }
    }

    private BidForm Asked() => new()
    {
        BidId = Ids.New(Ids.Bid, Clock.GetUtcNow()),
        Mode = Mode, Royalty = Royalty ?? "8", Price = Price ?? "24.00", Units = Units ?? "500", Cost = Cost ?? "4.50", Shipping = Shipping ?? "1.20", Tooling = Tooling ?? "0",
        Category = Category, Size = Size ?? "large-8oz", Asin = Asin, Term = Term ?? "24", Exclusive = Exclusive ?? "true",
    };

    // Only where the form starts; the seller chooses.
    private static string Guess(DesignSummary design) =>
        design.Tags.Append(design.Category).Any(word => word.Contains("shirt", StringComparison.OrdinalIgnoreCase) || word.Contains("apparel", StringComparison.OrdinalIgnoreCase)) ? "clothing" : "home-kitchen";
}
