using System.Globalization;
using Ccn.Api.Designs;
using Ccn.Api.Desk;
using Ccn.Api.Production;
using Ccn.Data.Production;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Ccn.Workflows.Production;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class OrderPage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ProductionQueries Queries { get; set; } = null!;
    [Inject] private ProductionCommands Commands { get; set; } = null!;
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private DeskQueries Desk { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string OrderId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private string? Key { get; set; }
    [SupplyParameterFromForm] private InspectionForm Inspection { get; set; } = null!;
    [SupplyParameterFromForm] private ArrivalForm Arrival { get; set; } = null!;

    private OrderDetail? Found { get; set; }
    private DesignSummary? Design { get; set; }
    private ProductionRules Rules { get; set; } = null!;

    private OrderSummary Order => Found!.Order;

    private Money Balance => Order.Total - Order.Deposit;

    private bool IsRunning => Order.State is not (OrderState.Received or OrderState.Closed or OrderState.Canceled);

    private string? WhyNoDeposit => Found!.DepositPaidAt is not null ? "already paid." : IsRunning ? null : "the order is over.";

    // Judged by the facts, like the order itself: a supplier may report a shipment before the lot has passed.
    private InspectionSummary? LastInspection => Found!.Inspections.MaxBy(inspection => inspection.Number);

    private bool IsLotReady => LastInspection is not { Passed: true }
        && Found!.Milestones.Any(milestone => milestone.Milestone is Milestone.ReadyForInspection && !(milestone.At <= LastInspection?.RecordedAt));

    private string? WhyNoBalance => Found!.BalancePaidAt is not null ? "already paid."
        : !IsRunning ? "the order is over." : LastInspection is { Passed: true } ? null : "it is due after a passed inspection.";

    private string? WhyNoInspection => IsLotReady && IsRunning ? null : LastInspection switch
    {
        { Passed: true } => "The lot has passed.",
        { Passed: false } => "The supplier works the lot over; it is inspected again when it is reported ready.",
        _ => IsRunning ? "No lot is ready: the supplier reports when it is." : "The order is over.",
    };

    private string? WhyNoReceipt => Found!.BalancePaidAt is not null && IsRunning ? null : "The goods are counted once the balance is paid and they have arrived.";

    private string DoneWords => Done switch
    {
        "paid" => "The payment is on record and the supplier is told.",
        "passed" => "Passed: the balance is due now.",
        "failed" => "Failed: the supplier works the lot over and is inspected again.",
        _ => "The count is on record: the listing can be prepared.",
    };

    private IEnumerable<(string What, DateTimeOffset? At, string? Note, string? State)> Steps
    {
        get
        {
            var done = new List<(string What, DateTimeOffset? At, string? Note)> { ("Placed", Order.PlacedAt, null) };
            if (Found!.DepositPaidAt is { } deposit) { done.Add(("Deposit paid", deposit, null)); }

            done.AddRange(Found.Milestones.Select(milestone => (Words.Of(milestone.Milestone), (DateTimeOffset?)milestone.At, milestone.Note)));
            done.AddRange(Found.Inspections.Select(inspection => (inspection.Passed ? "Inspection passed" : "Inspection failed", (DateTimeOffset?)inspection.RecordedAt, (string?)null)));
            if (Found.BalancePaidAt is { } balance) { done.Add(("Balance paid", balance, null)); }

            if (Found.ReceivedAt is { } received) { done.Add(("Counted on arrival", received, null)); }

            var ahead = Enum.GetValues<Milestone>().Where(milestone => IsRunning && Found.Milestones.All(reached => reached.Milestone < milestone)).Select(milestone => Words.Of(milestone));
            return [.. done.OrderBy(step => step.At).Select(step => (step.What, step.At, step.Note, (string?)"done")), .. ahead.Select((what, index) => (what, (DateTimeOffset?)null, (string?)null, index == 0 ? "current" : null))];
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        var found = await Queries.GetAsync(OrderId, cancel);
        Rules = (await Desk.RulesAsync(found.Order.DesignId, cancel)).Production;
        Design = (await Designs.ByIdAsync([found.Order.DesignId], cancel)).GetValueOrDefault(found.Order.DesignId);
        Inspection ??= new() { Lot = Text(found.Order.Quantity), Sample = Text(found.Sampling.SampleSize), Critical = "0", Major = "0", Minor = "0" };
        Arrival ??= new() { Received = Text(found.Order.Quantity), Damaged = "0" };
        Found = found;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task PayAsync(OrderPayment payment)
    {
        if (await Attempt.DoAsync(() => Commands.ConfirmPaymentAsync(OrderId, payment, Key), OnInitializedAsync)) { Back("paid"); }
    }

    private async Task InspectAsync()
    {
        InspectionVerdict? verdict = null;
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var findings = new InspectionFindings(typed.Whole(Inspection.Lot, "lotSize"), typed.Whole(Inspection.Sample, "sampleSize"), typed.Whole(Inspection.Critical, "critical"), typed.Whole(Inspection.Major, "major"), typed.Whole(Inspection.Minor, "minor"));
            typed.Throw();
            verdict = await Commands.InspectAsync(OrderId, findings, Key);
        }, OnInitializedAsync);
        if (done) { Back(verdict is { Passed: true } ? "passed" : "failed"); }
    }

    private async Task ReceiveAsync()
    {
        var done = await Attempt.DoAsync(async () =>
        {
            var typed = new TypedFields();
            var body = new ReceiptBody(typed.Whole(Arrival.Received, "received"), typed.Whole(Arrival.Damaged, "damaged"));
            typed.Throw();
            await Commands.ReceiveAsync(OrderId, body, Key);
        }, OnInitializedAsync);
        if (done) { Back("counted"); }
    }

    private void Back(string done) => Navigation.NavigateTo($"/desk/orders/{OrderId}?done={done}");

    private sealed class InspectionForm
    {
        public string? Lot { get; set; }
        public string? Sample { get; set; }
        public string? Critical { get; set; }
        public string? Major { get; set; }
        public string? Minor { get; set; }
    }

    private sealed class ArrivalForm
    {
        public string? Received { get; set; }
        public string? Damaged { get; set; }
    }
}
