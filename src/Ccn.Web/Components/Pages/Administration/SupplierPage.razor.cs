using System.Globalization;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Sourcing;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class SupplierPage
{
    private static readonly IReadOnlyList<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SupplierDirectory Directory { get; set; } = null!;
    [Inject] private SourcingCommands Commands { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string? SupplierId { get; set; }
    [SupplyParameterFromForm] private SupplierForm? Posted { get; set; }

    private SupplierBody? Known { get; set; }
    private SupplierForm Model { get; set; } = new();

    protected override async Task OnInitializedAsync()
    {
        if (SupplierId is not null) { Known = await Directory.GetAsync(SupplierId, Http.RequestAborted); }

        // The id is made with the form: however often it is sent, it is one supplier.
        Model = Posted ?? SupplierForm.Of(SupplierId ?? Ids.New(Ids.Supplier, Clock.GetUtcNow()), Known);
    }

    private async Task RegisterAsync()
    {
        if (await Attempt.DoAsync(() => Commands.RegisterAsync(SupplierId ?? Model.SupplierId ?? "", Model.ToBody(Known), Http.RequestAborted))) { Navigation.NavigateTo($"/admin/suppliers?done={Uri.EscapeDataString(Model.Name ?? "")}"); }
    }
}
