using System.Globalization;
using Ccn.Api.Designs;
using Ccn.Api.Sourcing;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class Request
{
    private const int MostUnits = 10_000_000;

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SourcingQueries Queries { get; set; } = null!;
    [Inject] private SourcingCommands Commands { get; set; } = null!;
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string RfqId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Quantity { get; set; }
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private string? Key { get; set; }
    [SupplyParameterFromForm] private string? Reason { get; set; }

    private RfqDetail? Found { get; set; }
    private QuoteGrid Grid { get; set; } = null!;
    private DesignSummary? Design { get; set; }

    /// <summary>The quantity that is compared and would be ordered.</summary>
    private int Asked { get; set; }

    private bool IsOpen => Found!.Rfq.State is RfqState.Open or RfqState.Quoted;

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        var found = await Queries.GetAsync(RfqId, cancel);
        Asked = int.TryParse(Quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 0 and <= MostUnits ? asked : found.Rfq.Quantity;
        Grid = await Queries.GridAsync(RfqId, [Asked], cancel);
        Design = (await Designs.ByIdAsync([found.Rfq.DesignId], cancel)).GetValueOrDefault(found.Rfq.DesignId);
        Found = found;
    }

    private string NameOf(string supplierId) => Found!.Invitations.FirstOrDefault(invitation => invitation.SupplierId == supplierId)?.Name ?? "A supplier";

    /// <summary>The lowest landed cost of open quotes at a quantity, in the grid's currency; null where there is none.</summary>
    private Money? Best(int quantity)
    {
        var costs = Grid.Rows.Where(row => row.Quote.State is QuoteState.Open or QuoteState.Approved).SelectMany(row => row.Cells).Where(cell => cell.Quantity == quantity).Select(cell => cell.ComparedPerUnit).OfType<Money>().ToList();
        return costs.Count > 0 ? costs.Min() : null;
    }

    private string Consequences(string supplierId, QuoteGridCell cell) => cell.Total is not { } total ? ""
        : $"{NameOf(supplierId)} makes {Words.Of(cell.Quantity)} units at {Words.Of(cell.UnitPrice!.Value)} each, {Words.Of(total)} in all with the tooling. The order is placed, its deposit falls due, and the other suppliers are told that they were not chosen. This cannot be undone here.";

    // The prepared page carries subject and text; a supplier can be sent the same by hand.
    private static string TextOf(string link)
    {
        var parts = QueryHelpers.ParseQuery(new Uri(link).Query);
        return $"{parts["subject"]}, {parts["quantity"]} {parts["unit"]}\n\n{parts["detail"]}";
    }

    private async Task ApproveAsync(string quoteId)
    {
        if (await Attempt.DoAsync(() => Commands.ApproveAsync(RfqId, quoteId, Asked, Key), OnInitializedAsync)) { Navigation.NavigateTo($"/desk/sourcing/{RfqId}?done=approved"); }
    }

    private async Task CloseAsync()
    {
        if (await Attempt.DoAsync(() => Commands.GiveUpAsync(RfqId, Reason ?? "", Key), OnInitializedAsync)) { Navigation.NavigateTo($"/desk/sourcing/{RfqId}?done=closed"); }
    }
}
