using Ccn.Api.Contests;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class CancelContest
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ContestQueries Queries { get; set; } = null!;
    [Inject] private ContestCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string ContestId { get; set; } = "";
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private ReasonForm Model { get; set; } = null!;

    private ContestDetail? Detail { get; set; }

    protected override void OnInitialized() => Model ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => Detail = await Queries.GetAsync(ContestId, Http.RequestAborted);

    private async Task CancelAsync()
    {
        if (await Attempt.DoAsync(() => Commands.CancelAsync(ContestId, Model.Reason ?? "", Key), LoadAsync)) { Navigation.NavigateTo("/admin?done=canceled"); }
        else { await LoadAsync(); }
    }

    private sealed class ReasonForm
    {
        public string? Reason { get; set; }
    }
}
