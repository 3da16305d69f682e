using Ccn.Api.Designs;
using Ccn.Api.Moderation;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Moderation;

public sealed partial class HeldDesignPage
{
    private bool loaded;

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ModerationQueries Queries { get; set; } = null!;
    [Inject] private DesignCommands Designs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string DesignId { get; set; } = "";
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private DecisionForm Model { get; set; } = null!;

    private HeldDesign? Held { get; set; }

    protected override void OnInitialized() => Model ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Held = (await Queries.QueueAsync(Http.RequestAborted)).FirstOrDefault(held => held.Design.DesignId == DesignId);
        loaded = true;
    }

    private async Task DecideAsync()
    {
        var publish = Model.Decision == "publish";
        if (await Attempt.DoAsync(() => Designs.ModerateAsync(DesignId, new(publish, Model.Reason ?? ""), Key), LoadAsync)) { Navigation.NavigateTo($"/moderation?done={(publish ? "published" : "refused")}"); }
        else { await LoadAsync(); }
    }

    private sealed class DecisionForm
    {
        public string? Decision { get; set; }
        public string? Reason { get; set; }
    }
}
