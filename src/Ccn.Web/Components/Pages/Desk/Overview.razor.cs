using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Production;
using Ccn.Api.Sales;
using Ccn.Data.Production;
using Ccn.Domain.Bids;
using Ccn.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class Overview
{
    private const int WeeksShown = 26;

    [Inject] private DeskQueries Desk { get; set; } = null!;
    [Inject] private SellerSales SellerSales { get; set; } = null!;
    [Inject] private BidQueries BidQueries { get; set; } = null!;
    [Inject] private ProductionQueries Production { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private DeskOverview? Today { get; set; }
    private SellerAccountSummary? Account { get; set; }
    private SalesTrend Sales { get; set; } = null!;
    private IReadOnlyList<MyBid> Bids { get; set; } = [];
    private IReadOnlyList<OrderSummary> Orders { get; set; } = [];
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    private string Before => Sales.Units30 == Sales.UnitsBefore30 ? "as in the 30 days before" : $"{Words.Of(Sales.UnitsBefore30)} in the 30 days before";

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        Account = await Accounts.FindSellerAccountAsync(cancel);
        Sales = await SellerSales.TrendAsync(null, WeeksShown, cancel);
        Bids = [.. (await BidQueries.MineAsync(cancel)).Where(mine => mine.Bid.State is BidState.Sealed or BidState.Revealed or BidState.Standby)];
        Orders = [.. (await Production.ListAsync(cancel)).Where(order => order.State is not (OrderState.Received or OrderState.Closed or OrderState.Canceled))];
        var today = await Desk.OverviewAsync(cancel);
        Designs = await DesignQueries.ByIdAsync([.. today.Tasks.Select(task => task.DesignId), .. Bids.Select(mine => mine.DesignId), .. Orders.Select(order => order.DesignId)], cancel);
        Today = today;
    }
}
