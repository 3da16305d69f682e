using Ccn.Api.Payouts;
using Ccn.Data.Payouts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class Payouts
{
    [Inject] private PayoutDeskQueries Queries { get; set; } = null!;
    [Inject] private PayeeDeskQueries PayeeList { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "state")] private string? Filter { get; set; }

    private PayoutStatus? State => Enum.TryParse<PayoutStatus>(Filter, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private IReadOnlyList<PayoutRow> Rows { get; set; } = [];
    private IReadOnlyList<PayoutTotal> Totals { get; set; } = [];
    private IReadOnlyList<PayeeRow> Payees { get; set; } = [];

    protected override async Task OnInitializedAsync()
    {
        Totals = await Queries.TotalsAsync(Http.RequestAborted);
        Rows = await Queries.ListAsync(State, Http.RequestAborted);
        Payees = await PayeeList.ListAsync(Http.RequestAborted);
    }
}
