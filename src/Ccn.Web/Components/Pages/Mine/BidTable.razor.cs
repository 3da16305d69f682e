using System.Globalization;
using System.Text.Json;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Mine;

public sealed partial class BidTable
{
    [Parameter, EditorRequired] public string DesignId { get; set; } = "";
    [Parameter, EditorRequired] public BidComparison Comparison { get; set; } = null!;
    [Parameter, EditorRequired] public BidRound Round { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback<string> Accept { get; set; }
    [Parameter, EditorRequired] public EventCallback DeclineAll { get; set; }

    private string ScenarioText => string.Join(", ", Comparison.Scenarios.Select(scenario => $"{Words.Of(scenario.Demand).ToLowerInvariant()} demand {Words.Of(scenario.Units)} units"));

    private string Chart => JsonSerializer.Serialize(new
    {
        labels = Comparison.Bids.Select(bid => bid.SellerName),
        currency = Comparison.Bids[0].Terms.PlannedPrice.Currency,
        series = Comparison.Scenarios.Select((scenario, index) => new
        {
            name = $"{Words.Of(scenario.Demand)}: {Words.Of(scenario.Units)} units",
            kind = "bar",
            money = true,
            colour = Colour(scenario.Demand),
            values = Comparison.Bids.Select(bid => bid.Forecasts[index].Net.ToDecimal()),
        }),
    });

    private static string Colour(Demand demand) => demand switch { Demand.Low => "line-strong", Demand.Middle => "amber", _ => "pine" };

    private static string Rate(BidTerms terms) => terms.Mode is RoyaltyMode.Percent ? Words.Percent(terms.RateBasisPoints) : Words.Of(terms.PerUnit!.Value);

    private static string Record(SellerRecord seller) => seller is { Licences: 0, FellThrough: 0 }
        ? "First licence with CCN"
        : string.Create(CultureInfo.InvariantCulture, $"{seller.Licences} signed, {seller.Selling} selling{(seller.FellThrough > 0 ? $", {seller.FellThrough} fell through" : "")}");

    private static string Consequences(ComparedBid bid) =>
        $"A licence over {Rate(bid.Terms)} {(bid.Terms.Mode is RoyaltyMode.Percent ? "of the price" : "per unit")}, {(bid.Terms.Exclusive ? "exclusive" : "not exclusive")}, for {Words.Count(bid.Terms.TermMonths, "month")} is drafted and sent to both of you to sign. The other bidders become standby: they are asked if {bid.SellerName} does not sign. You can no longer withdraw the design.";
}
