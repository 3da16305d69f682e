using Ccn.Api.Designs;
using Ccn.Api.Production;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class MyOrders
{
    [Inject] private ProductionQueries Queries { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<OrderSummary>? Orders { get; set; }
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var orders = await Queries.ListAsync(Http.RequestAborted);
        Designs = await DesignQueries.ByIdAsync(orders.Select(order => order.DesignId), Http.RequestAborted);
        Orders = orders;
    }
}
