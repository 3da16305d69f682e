using System.Globalization;
using Ccn.Api.Lifecycle;
using Ccn.Domain.Lifecycle;
using Ccn.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Operations;

public sealed partial class Court
{
    [Inject] private OperationsQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "turn")] private string? Filter { get; set; }

    private Party? Turn => Enum.TryParse<Party>(Filter, ignoreCase: true, out var party) && Enum.IsDefined(party) ? party : null;

    private CourtBoard Board { get; set; } = new([], []);

    protected override async Task OnInitializedAsync() => Board = await Queries.BoardAsync(Turn, Http.RequestAborted);

    private static string Named(Party party) => party is Party.None ? "Nobody" : CultureInfo.InvariantCulture.TextInfo.ToUpper(Words.Of(party)[0]) + Words.Of(party)[1..];

    private static string Width(CourtRow row) => ((row.Overdue ? 1 : row.Share ?? 0) * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string Age(TimeSpan? age) => age switch
    {
        null => "an unknown time",
        { TotalDays: >= 2 } days => Words.Count((int)days.TotalDays, "day"),
        { TotalHours: >= 2 } hours => Words.Count((int)hours.TotalHours, "hour"),
        { TotalMinutes: >= 1 } minutes => Words.Count((int)minutes.TotalMinutes, "minute"),
        _ => "less than a minute",
    };
}
