using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Mine;

public sealed partial class MyDesigns
{
    [Inject] private CreatorDesignQueries Designs { get; set; } = null!;
    [Inject] private CurrentUser User { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private DesignBoard? Board { get; set; }

    private string UserId => User.Id;

    protected override async Task OnInitializedAsync() => Board = await Designs.BoardAsync(Http.RequestAborted);
}
