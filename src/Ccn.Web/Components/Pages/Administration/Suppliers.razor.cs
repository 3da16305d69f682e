using Ccn.Api.Sourcing;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class Suppliers
{
    private bool loaded;

    [Inject] private SupplierDirectory Directory { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }

    private IReadOnlyList<SupplierEntry> List { get; set; } = [];

    protected override async Task OnInitializedAsync()
    {
        List = await Directory.ListAsync(Http.RequestAborted);
        loaded = true;
    }
}
