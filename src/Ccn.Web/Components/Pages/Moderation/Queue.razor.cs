using Ccn.Api.Moderation;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Moderation;

public sealed partial class Queue
{
    [Inject] private ModerationQueries Queries { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }

    private IReadOnlyList<HeldDesign> Held { get; set; } = [];
    private IReadOnlyList<ModeratedDesign> Decided { get; set; } = [];

    protected override async Task OnInitializedAsync()
    {
        Held = await Queries.QueueAsync(Http.RequestAborted);
        Decided = await Queries.DecidedAsync(Http.RequestAborted);
    }
}
