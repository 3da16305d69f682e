using System.Globalization;
using Ccn.Api.Royalties;
using Ccn.Domain.Royalties;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Statements;

public sealed partial class StatementLineRow
{
    private readonly string newId = $"qry_{FormKey.New()}";

    [Parameter, EditorRequired] public StatementReport Report { get; set; } = null!;
    [Parameter, EditorRequired] public ReportLine Line { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<LineQuery> Query { get; set; } = [];

    /// <summary>What was typed, when the page is shown again.</summary>
    [Parameter, EditorRequired] public LineQueryForm Form { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback Ask { get; set; }

    private bool IsAsked => Form.Line == Line.Line.Line;

    private bool IsOpen => IsAsked || Query.Any(query => query.Answer is null);

    private string QueryId => IsAsked && Form.QueryId is { } sent ? sent : newId;

    private string FieldId => string.Create(CultureInfo.InvariantCulture, $"ask-{Line.Line.Line}");

    private string Short => Line.Line.Kind switch
    {
        StatementLineKind.PlatformFee => "on the royalty above",
        StatementLineKind.Carry => "this licence only",
        _ => "",
    };

    /// <summary>Where an order line was seen, as the intake names it.</summary>
    private static string Source(string source) => source switch
    {
        "notice" => "Amazon's notice",
        "poll" => "the regular reading of Amazon's orders",
        "report" => "Amazon's order report",
        "settlement" => "Amazon's settlement",
        _ => source,
    };

    private string Rounding => Line.Line.Kind switch
    {
        StatementLineKind.Sale => "Once for the order line, half to the even cent",
        StatementLineKind.Return => "As the sale was: a full refund takes back exactly what the sale gave",
        StatementLineKind.PlatformFee or StatementLineKind.ReserveHeld => "Once for the statement, half to the even cent",
        _ => "None",
    };
}
