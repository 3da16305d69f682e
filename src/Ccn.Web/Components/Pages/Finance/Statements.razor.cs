using System.Globalization;
using Ccn.Api.Royalties;
using Ccn.Data.Royalties;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class Statements
{
    private const string Format = "yyyy-MM";

    [Inject] private StatementDeskQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "state")] private string? StateFilter { get; set; }
    [SupplyParameterFromQuery(Name = "month")] private string? MonthFilter { get; set; }

    private StatementState? State => Enum.TryParse<StatementState>(StateFilter, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private DateOnly? Month => DateOnly.TryParseExact(MonthFilter, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private StatementDesk Desk { get; set; } = new([], [], []);

    protected override async Task OnInitializedAsync() => Desk = await Queries.ListAsync(State, Month, Http.RequestAborted);

    private static string Value(DateOnly month) => month.ToString(Format, CultureInfo.InvariantCulture);
}
