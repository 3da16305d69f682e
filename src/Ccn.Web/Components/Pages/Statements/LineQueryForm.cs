namespace Ccn.Web.Components.Pages.Statements;

/// <summary>A question about one line. Its id is made when the form is shown, so that two clicks are one question.</summary>
public sealed class LineQueryForm
{
    public string? QueryId { get; set; }
    public int Line { get; set; }
    public string? Text { get; set; }
}
