using System.Globalization;
using Ccn.Api.Sourcing;
using Ccn.Data.Production;
using Ccn.Domain;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;
using Ccn.Web.Components.Pages.Desk;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Sourcing;

/// <summary>Where a supplier without an account answers a request or reports on an order. The signed link is its authorization.</summary>
public sealed partial class SupplierPage
{
    private const int Rows = 3, UsualValidityDays = 30;
    private const string Currency = "USD";

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private SupplierLinks Links { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string Token { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private AnswerForm Model { get; set; } = null!;

    private SupplierInvitation Asked { get; set; } = null!;

    private bool IsOrder => Asked.Purpose == SupplierLinks.OrderPurpose;

    private bool IsOpen => Enum.Parse<InvitationState>(Asked.State) is not (InvitationState.Declined or InvitationState.Stale);

    private IReadOnlyList<Milestone> Ahead => Enum.Parse<OrderState>(Asked.State) is OrderState.Canceled or OrderState.Closed or OrderState.Received ? []
        : [.. Enum.GetValues<Milestone>().Where(milestone => (milestone is not Milestone.Shipped || Enum.Parse<OrderState>(Asked.State) is OrderState.InspectionPassed or OrderState.BalancePaid) && Asked.Reported?.All(reported => reported.Milestone != milestone || milestone is Milestone.ReadyForInspection) is true)];

    private string StateText => Asked.State switch
    {
        nameof(InvitationState.Invited) or nameof(InvitationState.Seen) => "Waits for your answer",
        nameof(InvitationState.Reminded) or nameof(InvitationState.Silent) => "Overdue, still welcome",
        nameof(InvitationState.Quoted) => "Your quote is with the seller",
        _ => IsOrder ? Words.Of(Enum.Parse<OrderState>(Asked.State)) : Words.Of(Enum.Parse<InvitationState>(Asked.State)),
    };

    private string Colour => IsOrder ? DeskWords.Colour(Enum.Parse<OrderState>(Asked.State)) : DeskWords.Colour(Enum.Parse<InvitationState>(Asked.State));

    private string? DoneWords => Done switch
    {
        "quoted" => "Thank you: your quote is on its way to the seller, who hears of it at once.",
        "declined" => "Thank you for the answer. The seller is told.",
        "reported" => "Thank you: the step is reported.",
        _ => null,
    };

    protected override async Task LoadAsync()
    {
        Asked = await Links.OpenAsync(Token, Http.RequestAborted);
        Model ??= new()
        {
            Froms = [Text(Asked.Quantity)], Minimum = Text(Asked.Quantity), Tooling = "0",
            ValidUntil = Clock.GetUtcNow().AddDays(UsualValidityDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    private Task QuoteAsync() => SendAsync("quoted", () =>
    {
        var typed = new TypedFields();
        var prices = Enumerable.Range(0, Rows).Where(row => row == 0 || Model.From(row).Length + Model.Price(row).Length > 0)
            .Select(row => new PriceBreak(typed.Whole(Model.From(row), $"from{row + 1}"), typed.Amount(Model.Price(row), $"price{row + 1}", Currency))).ToList();
        var body = new QuoteBody(Key ?? "", prices, typed.Whole(Model.Minimum, "minimumOrderQuantity"), typed.Amount(Model.Tooling, "tooling", Currency), typed.Whole(Model.LeadTime, "leadTimeDays"),
            (Model.Incoterm ?? "").Trim(), typed.Day(Model.ValidUntil, "validUntil"));
        typed.Throw();
        return Links.QuoteAsync(Token, body, Http.RequestAborted);
    });

    private Task DeclineAsync() => SendAsync("declined", () => Links.DeclineAsync(Token, new(Key ?? "", (Model.Reason ?? "").Trim()), Http.RequestAborted));

    private Task ReportAsync() => SendAsync("reported", () => Links.ReportAsync(Token, new(Key ?? "", Model.Milestone, null, string.IsNullOrWhiteSpace(Model.Note) ? null : Model.Note.Trim()), Http.RequestAborted));

    private async Task SendAsync(string done, Func<Task> command)
    {
        if (await Attempt.DoAsync(command, LoadAsync)) { Navigation.NavigateTo($"/supplier/{Token}?done={done}"); }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal sealed class AnswerForm
    {
        /// <summary>Lowest quantity and unit price of each row, as they were typed.</summary>
        public string[]? Froms { get; set; }
        public string[]? Prices { get; set; }
        public string? Minimum { get; set; }
        public string? Tooling { get; set; }
        public string? LeadTime { get; set; }
        public string? Incoterm { get; set; }
        public string? ValidUntil { get; set; }
        public string? Reason { get; set; }
        public Milestone Milestone { get; set; }
        public string? Note { get; set; }

        public string From(int row) => row < Froms?.Length ? Froms[row] ?? "" : "";

        public string Price(int row) => row < Prices?.Length ? Prices[row] ?? "" : "";
    }
}
