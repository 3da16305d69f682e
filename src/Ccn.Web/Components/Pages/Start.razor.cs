namespace Ccn.Web.Components.Pages;

public sealed partial class Start
{
    private bool IsStarting => Running.Parts.Any(part => part.Progress is not null);
}
