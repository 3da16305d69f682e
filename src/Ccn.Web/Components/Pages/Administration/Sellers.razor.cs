using Ccn.Api.Accounts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class Sellers
{
    private bool loaded;

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SellerDirectory Directory { get; set; } = null!;
    [Inject] private AccountCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Verify { get; set; }
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private VerifyForm Model { get; set; } = null!;

    private IReadOnlyList<SellerEntry> List { get; set; } = [];

    private int Waiting => List.Count(seller => !seller.Verified && seller.ConnectedAt is not null);

    // Shown for a verified seller too: a stale page that is sent again changes nothing.
    private SellerEntry? Chosen => List.FirstOrDefault(seller => seller.SellerId == (Model.SellerId ?? Verify) && seller.ConnectedAt is not null);

    protected override void OnInitialized() => Model ??= new();

    protected override async Task OnInitializedAsync()
    {
        List = await Directory.ListAsync(Http.RequestAborted);
        loaded = true;
    }

    private async Task VerifyAsync()
    {
        if (await Attempt.DoAsync(() => Commands.VerifySellerAsync(Model.SellerId ?? "", Http.RequestAborted))) { Navigation.NavigateTo($"/admin/sellers?done={Uri.EscapeDataString(Chosen?.Name ?? "The seller")}"); }
    }

    private sealed class VerifyForm
    {
        public string? SellerId { get; set; }
    }
}
