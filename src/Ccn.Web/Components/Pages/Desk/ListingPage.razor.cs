using System.Globalization;
using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Listings;
using Ccn.Api.Sales;
using Ccn.Domain.Events;
using Ccn.Domain.Listings;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Ccn.Workflows.Listings;
using ListingState = Ccn.Data.Listings.ListingState;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class ListingPage
{
    private const int WeeksShown = 26;

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ListingQueries Queries { get; set; } = null!;
    [Inject] private ListingCommands Commands { get; set; } = null!;
    [Inject] private SalesCommands SalesCommands { get; set; } = null!;
    [Inject] private SellerSales SellerSales { get; set; } = null!;
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string ListingId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private string? Key { get; set; }
    [SupplyParameterFromForm] private ListingForm Model { get; set; } = null!;

    private ListingSummary? Found { get; set; }
    private DesignSummary? Design { get; set; }
    private SellerAccountSummary? Account { get; set; }
    private SalesTrend Sales { get; set; } = null!;
    private int Sellable { get; set; }

    private string? WhyNot => Account is null ? "Connect your Amazon account first." : Sellable == 0 ? "Nothing to sell has arrived yet." : null;

    private IEnumerable<(string What, bool Done, string Why)> Checklist =>
    [
        ("Licence in force", true, "signed by both"),
        ("Goods counted", Sellable > 0, $"{DeskWords.Units(Sellable)} arrived undamaged"),
        ("Amazon account connected", Account is not null, Account?.AmazonSellerId is { } id ? $"seller {id}, marketplace {Account.Marketplace}" : "under Account"),
        ("Texts written", !string.IsNullOrWhiteSpace(Model.Title) && !string.IsNullOrWhiteSpace(Model.Bullets) && !string.IsNullOrWhiteSpace(Model.Description), "title, one to five bullet points, description"),
        ("Brand and product type", !string.IsNullOrWhiteSpace(Model.Brand) && !string.IsNullOrWhiteSpace(Model.ProductType), "as Amazon names them"),
        ("Photo of the golden sample", Model.Photo is "true", "main picture, on white"),
        ("Exempt from product identifiers", Model.GtinExempt is "true", "by Amazon, for the brand"),
    ];

    private string DoneWords => Done switch
    {
        "sent" => "Sent: Amazon has taken the offer and works on it.",
        "issues" => "Amazon did not take it yet. What it wants changed stands below.",
        "price" => "The new price is in force at Amazon.",
        "stock" => "The new stock is in force at Amazon.",
        _ => "The newest orders are read.",
    };

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        var found = await Queries.GetAsync(ListingId, cancel);
        Sellable = await Queries.SellableAsync(found.DesignId, cancel);
        Design = (await Designs.ByIdAsync([found.DesignId], cancel)).GetValueOrDefault(found.DesignId);
        Account = await Accounts.FindSellerAccountAsync(cancel);
        Sales = await SellerSales.TrendAsync(ListingId, WeeksShown, cancel);
        Model ??= new()
        {
            Title = found.Title ?? Design?.Title, Price = found.Price?.ToDecimal().ToString("0.00", CultureInfo.InvariantCulture),
            Quantity = (found.Quantity > 0 ? found.Quantity : Sellable).ToString(CultureInfo.InvariantCulture),
        };
        Found = found;
    }

    private static bool IsError(ListingIssue issue) => string.Equals(issue.Severity, "ERROR", StringComparison.OrdinalIgnoreCase);

    private async Task SubmitAsync()
    {
        ListingSubmission? answer = null;
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var price = typed.Amount(Model.Price, "price", AmazonFees.Currency);
            var quantity = typed.Whole(Model.Quantity, "quantity");
            typed.Throw();
            var bullets = (Model.Bullets ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var content = new ListingContent((Model.Title ?? "").Trim(), bullets, (Model.Description ?? "").Trim(), (Model.ProductType ?? "").Trim(), (Model.Brand ?? "").Trim(), Model.Photo is "true", Model.GtinExempt is "true");
            answer = await Commands.SubmitAsync(ListingId, new(content, price, quantity), Key);
        }, OnInitializedAsync);
        if (!done) { return; }

        if (answer is { Accepted: true }) { Back("sent"); }

        // What was typed stays, so that it can be corrected.
        Found = Found! with { State = ListingState.Issues, Issues = answer!.Issues };
        Done = "issues";
        Key = null;
    }

    private async Task ChangePriceAsync()
    {
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var price = typed.Amount(Model.Price, "price", AmazonFees.Currency);
            typed.Throw();
            await Commands.ChangePriceAsync(ListingId, price, Key);
        }, OnInitializedAsync);
        if (done) { Back("price"); }
    }

    private async Task ChangeStockAsync()
    {
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var quantity = typed.Whole(Model.Quantity, "quantity");
            typed.Throw();
            await Commands.ChangeStockAsync(ListingId, quantity, Key);
        }, OnInitializedAsync);
        if (done) { Back("stock"); }
    }

    private async Task PullAsync()
    {
        if (await Attempt.DoAsync(() => SalesCommands.PullAsync(Key), OnInitializedAsync)) { Back("read"); }
    }

    private void Back(string done) => Navigation.NavigateTo($"/desk/listings/{ListingId}?done={done}");

    private sealed class ListingForm
    {
        public string? Title { get; set; }
        public string? Bullets { get; set; }
        public string? Description { get; set; }
        public string? Brand { get; set; }
        public string? ProductType { get; set; }
        public string? Price { get; set; }
        public string? Quantity { get; set; }
        public string? Photo { get; set; }
        public string? GtinExempt { get; set; }
    }
}
