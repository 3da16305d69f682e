using Ccn.Api.Accounts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class Account
{
    private static readonly (string Id, string Name)[] Markets = [("ATVPDKIKX0DER", "Amazon.com, United States")];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private AccountQueries Queries { get; set; } = null!;
    [Inject] private AccountCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private ConnectForm Model { get; set; } = null!;

    private SellerAccountSummary? Found { get; set; }
    private bool IsRead { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Found = await Queries.FindSellerAccountAsync(Http.RequestAborted);
        Model ??= new() { AmazonSellerId = Found?.AmazonSellerId, Marketplace = Found?.Marketplace };
        IsRead = true;
    }

    private async Task ConnectAsync()
    {
        var body = new SellerAccountBody((Model.AmazonSellerId ?? "").Trim(), (Model.AmazonRefreshToken ?? "").Trim(), Model.Marketplace ?? "", (Model.StripePaymentMethod ?? "").Trim());
        if (await Attempt.DoAsync(() => Commands.ConnectSellerAsync(body, Http.RequestAborted))) { Navigation.NavigateTo("/desk/account?done=connected"); }
    }

    private sealed class ConnectForm
    {
        public string? AmazonSellerId { get; set; }
        public string? AmazonRefreshToken { get; set; }
        public string? Marketplace { get; set; }
        public string? StripePaymentMethod { get; set; }
    }
}
