using Ccn.Api.Accounts;
using Ccn.Api.Royalties;
using Ccn.Domain.Royalties;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Statements;

public sealed partial class StatementPage
{
    [Parameter] public string StatementId { get; set; } = "";

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private StatementReportQueries Queries { get; set; } = null!;
    [Inject] private RoyaltyCommands Royalties { get; set; } = null!;
    [Inject] private CurrentUser User { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private LineQueryForm Model { get; set; } = null!;

    private StatementReport? Report { get; set; }

    /// <summary>The list that the reader's role comes from; null where there is none.</summary>
    private (string Href, string Text)? Back => User switch
    {
        _ when User.Is(Roles.Creator) => ("/my/earnings", "Earnings"),
        _ when User.Is(Roles.Seller) => ("/desk/statements", "Royalties"),
        _ when User.Is(Roles.Finance) => ("/finance/statements", "Statements"),
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        Model ??= new();
        Report = await Queries.GetAsync(StatementId, Http.RequestAborted);
    }

    private async Task AskAsync()
    {
        if (await Attempt.DoAsync(() => Royalties.QueryAsync(StatementId, new(Model.QueryId ?? "", Model.Line, Model.Text ?? "")), OnInitializedAsync)) { Navigation.NavigateTo($"/statements/{StatementId}#line-{Model.Line}"); }

        Report = await Queries.GetAsync(StatementId, Http.RequestAborted);
    }

    private static string Plural(KindTotal total) => total.Kind switch
    {
        StatementLineKind.Sale => "Royalty on sales",
        StatementLineKind.Return => "Taken back for returns",
        _ => StatementWords.Of(total.Kind),
    };

    private static string Units(KindTotal total, StatementReport report) => total.Kind switch
    {
        StatementLineKind.Sale => Count(report.UnitsSold, "unit"),
        StatementLineKind.Return => Count(report.UnitsReturned, "unit"),
        _ => "",
    };

    private static string Count(int number, string what) => $"{Words.Of(number)} {what}{(number == 1 ? "" : "s")}";

    private IReadOnlyList<LineQuery> QueryOf(ReportLine line) => [.. Report!.Detail.Queries.Where(query => query.Line == line.Line.Line)];
}
