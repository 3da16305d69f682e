using Ccn.Api.Lifecycle;
using Ccn.Web.Forms;
using Ccn.Workflows.Lifecycle;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Operations;

public sealed partial class ParkedSteps
{
    private bool loaded;

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private OperationsQueries Queries { get; set; } = null!;
    [Inject] private LifecycleCommands Commands { get; set; } = null!;
    [Inject] private TemporalUi Ui { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromQuery] private string? Workflow { get; set; }
    [SupplyParameterFromQuery] private string? Step { get; set; }
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private DecisionForm Model { get; set; } = null!;

    private IReadOnlyList<ParkedItem> Open { get; set; } = [];
    private IReadOnlyList<ParkedItem> Resolved { get; set; } = [];

    // One form at a time: the step that was chosen, or the oldest.
    private ParkedItem? Chosen => Open.FirstOrDefault(item => item.WorkflowId == (Model.WorkflowId ?? Workflow) && item.Step == (Model.Step ?? Step)) ?? (Open.Count > 0 ? Open[0] : null);

    protected override void OnInitialized() => Model ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Open = await Queries.ParkedAsync(Http.RequestAborted);
        Resolved = await Queries.ResolvedAsync(Http.RequestAborted);
        loaded = true;
    }

    private async Task ResolveAsync()
    {
        var resolution = Model.Resolution == nameof(StepResolution.Abandon) ? StepResolution.Abandon : StepResolution.Retry;
        if (await Attempt.DoAsync(() => Commands.ResolveAsync(new(Model.WorkflowId ?? "", Model.Step ?? "", resolution, Model.Reason ?? ""), Key), LoadAsync)) { Navigation.NavigateTo($"/ops/parked?done={(resolution is StepResolution.Retry ? "retry" : "abandon")}"); }
        else { await LoadAsync(); }
    }

    private static string Choose(ParkedItem item) => $"/ops/parked?workflow={Uri.EscapeDataString(item.WorkflowId)}&step={Uri.EscapeDataString(item.Step)}";

    private sealed class DecisionForm
    {
        public string? WorkflowId { get; set; }
        public string? Step { get; set; }
        public string? Resolution { get; set; }
        public string? Reason { get; set; }
    }
}
