using Ccn.Api.Payouts;
using Ccn.Web.Forms;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class PayeePage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private PayeeDeskQueries Desk { get; set; } = null!;
    [Inject] private PayoutQueries Queries { get; set; } = null!;
    [Inject] private PayoutCommands Commands { get; set; } = null!;
    [Inject] private TemporalUi Ui { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string PayeeId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private ReasonForm Model { get; set; } = null!;

    private PayeeFile? File { get; set; }
    private WorkflowStatus? Status { get; set; }

    private string? UiAddress => Ui.AddressOf(PayeePayoutWorkflow.IdFor(PayeeId));

    protected override void OnInitialized() => Model ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        File = await Desk.GetAsync(PayeeId, Http.RequestAborted);

        // What is on record is shown even when the workflow server does not answer.
        try { Status = await Queries.StatusAsync(PayeeId, Http.RequestAborted); }
        catch (Temporalio.Exceptions.RpcException) { Status = null; }
    }

    private Task HoldAsync() => DoAsync("held", () => Commands.HoldAsync(PayeeId, Model.Reason ?? "", Key));

    private Task ReleaseAsync() => DoAsync("released", () => Commands.ReleaseAsync(PayeeId, Model.Reason ?? "", Key));

    private async Task DoAsync(string done, Func<Task> command)
    {
        if (await Attempt.DoAsync(command, LoadAsync)) { Navigation.NavigateTo($"/finance/payees/{PayeeId}?done={done}"); }
        else { await LoadAsync(); }
    }

    private sealed class ReasonForm
    {
        public string? Reason { get; set; }
    }
}
