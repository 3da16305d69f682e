using System.Globalization;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Licences;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class NewRequest
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SourcingQueries Queries { get; set; } = null!;
    [Inject] private SourcingCommands Commands { get; set; } = null!;
    [Inject] private LicenceQueries Licences { get; set; } = null!;
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private DeskQueries Desk { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? LicenceId { get; set; }
    [SupplyParameterFromQuery] private string? Category { get; set; }
    [SupplyParameterFromQuery] private string? Moq { get; set; }
    [SupplyParameterFromForm] private RequestForm Model { get; set; } = null!;

    private IReadOnlyList<SupplierSummary>? Suppliers { get; set; }
    private IReadOnlyList<string> Categories { get; set; } = [];
    private LicenceDetail? Licence { get; set; }
    private DesignSummary? Design { get; set; }
    private SourcingRules? Rules { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        Model ??= new() { RfqId = Ids.New(Ids.Rfq, Clock.GetUtcNow()), Quantity = "500" };
        if (LicenceId is not null)
        {
            var licence = await Licences.GetAsync(LicenceId, cancel);
            Design = (await Designs.ByIdAsync([licence.Licence.DesignId], cancel)).GetValueOrDefault(licence.Licence.DesignId);
            Rules = (await Desk.RulesAsync(licence.Licence.DesignId, cancel)).Sourcing;
            Licence = licence;
        }

        Categories = [.. (await Queries.SuppliersAsync(null, null, cancel)).SelectMany(supplier => supplier.Categories).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Suppliers = await Queries.SuppliersAsync(string.IsNullOrEmpty(Category) ? null : Category, int.TryParse(Moq, CultureInfo.InvariantCulture, out var quantity) ? quantity : null, cancel);
    }

    private async Task AskAsync()
    {
        var rfqId = Model.RfqId ?? "";
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var body = new InviteBody(LicenceId ?? "", typed.Whole(Model.Quantity, "quantity"), (Model.Specification ?? "").Trim(), Model.Suppliers ?? []);
            typed.Throw();
            await Commands.InviteAsync(rfqId, body);
        });
        if (done) { Navigation.NavigateTo("/desk/sourcing/" + Uri.EscapeDataString(rfqId)); }
    }

    private sealed class RequestForm
    {
        public string? RfqId { get; set; }
        public string? Quantity { get; set; }
        public string? Specification { get; set; }
        public string[]? Suppliers { get; set; }
    }
}
