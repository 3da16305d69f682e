namespace Ccn.Web.Components.Pages.Home;

public sealed partial class Installation
{
    private bool IsStarting => Running.Parts.Any(part => part.Progress is not null);
}
