using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Home;

public sealed partial class Discover
{
    [Inject] private DesignQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }

    // Null while it is read.
    private Page<DesignSummary>? Designs { get; set; }

    protected override async Task OnInitializedAsync() => Designs = await Queries.ListAsync(new(Q, null, null, null, null, null, null, 24, Cursor), Http.RequestAborted);
}
