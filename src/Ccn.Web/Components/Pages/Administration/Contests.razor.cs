using Ccn.Api.Contests;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class Contests
{
    [Inject] private ContestQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Opened { get; set; }
    [SupplyParameterFromQuery] private string? Done { get; set; }

    private IReadOnlyList<ContestSummary> List { get; set; } = [];

    protected override async Task OnInitializedAsync() => List = await Queries.ListAsync(Http.RequestAborted);

    internal static bool IsRunning(ContestSummary contest) => contest.Phase is not ("Decided" or "Canceled");

    private static string Phase(string phase) => phase switch { "FraudHold" => "Fraud checks", "" => "Starting", _ => phase };

    private static string Colour(string phase) => phase switch
    {
        "Submissions" => "sky",
        "Critique" => "plum",
        "Voting" => "brand",
        "FraudHold" => "amber",
        "Decided" => "pine",
        "Canceled" => "bad",
        _ => "",
    };
}
