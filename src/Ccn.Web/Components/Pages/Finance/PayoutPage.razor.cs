using Ccn.Api.Payouts;
using Ccn.Data.Payouts;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class PayoutPage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private PayoutDeskQueries Desk { get; set; } = null!;
    [Inject] private PayoutQueries Queries { get; set; } = null!;
    [Inject] private PayoutCommands Commands { get; set; } = null!;
    [Inject] private TemporalUi Ui { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string PayoutId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private ApprovalForm Approval { get; set; } = null!;

    private PayoutFile? File { get; set; }
    private WorkflowStatus? Status { get; set; }

    private bool IsOpen => File?.Payout.State is PayoutStatus.Prepared or PayoutStatus.PartlyApproved;

    // The payee's loop speaks of the payout it is at; an older one is none of its business any more.
    private bool IsCurrent => File?.Payout.State is not (PayoutStatus.Confirmed or PayoutStatus.Returned);

    private PayoutStep? First => File?.Payout.State is PayoutStatus.PartlyApproved ? File.History.LastOrDefault(step => step.Type == "payout.approved_by_first") : null;

    private string? UiAddress => File is null ? null : Ui.AddressOf(PayeePayoutWorkflow.IdFor(File.Payout.PayeeId));

    // What the workflow waits for tells; where it does not (it is out of reach, or on its way there), both are said.
    private string Consequence => Status switch
    {
        { State: "AwaitingApproval", WaitsFor: { } waits } when waits.StartsWith("the first", StringComparison.Ordinal) => "It is a large payout: it is sent after another person has approved the same payload too.",
        { State: "AwaitingApproval" or "AwaitingSecondApproval" } => $"It is sent to {File?.Method} at once. Money that was sent is not called back.",
        _ => $"It is sent to {File?.Method}; a large payout is sent after another person has approved the same payload too. Money that was sent is not called back.",
    };

    protected override void OnInitialized() => Approval ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        File = await Desk.GetAsync(PayoutId, Http.RequestAborted);

        // What is on record is shown even when the workflow server does not answer.
        try { Status = await Queries.StatusAsync(File.Payout.PayeeId, Http.RequestAborted); }
        catch (Temporalio.Exceptions.RpcException) { Status = null; }
    }

    private async Task ApproveAsync()
    {
        if (await Attempt.DoAsync(() => Commands.ApproveAsync(PayoutId, Approval.Hash ?? "", Key), LoadAsync)) { Navigation.NavigateTo($"/finance/payouts/{PayoutId}?done=approved"); }
        else { await LoadAsync(); }
    }

    // In eights, so that two people can compare it by reading it aloud.
    private static string Grouped(string hash) => string.Join(" ", hash.Chunk(8).Select(group => new string(group)));

    private sealed class ApprovalForm
    {
        public string? Hash { get; set; }
    }
}
