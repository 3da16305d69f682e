using Ccn.Api.Royalties;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class StatementPage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private RoyaltyQueries Queries { get; set; } = null!;
    [Inject] private RoyaltyCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string StatementId { get; set; } = "";
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromQuery] private string? Query { get; set; }
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }
    [SupplyParameterFromForm] private AnswerForm Model { get; set; } = null!;

    private StatementDetail? Detail { get; set; }

    // The question that was chosen, or the oldest one without an answer.
    private LineQuery? Open => Detail?.Queries.Where(query => query.Answer is null).OrderByDescending(query => query.QueryId == (Model.QueryId ?? Query)).ThenBy(query => query.AskedAt).FirstOrDefault();

    protected override void OnInitialized() => Model ??= new();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => Detail = await Queries.GetAsync(StatementId, Http.RequestAborted);

    private async Task AnswerAsync()
    {
        if (await Attempt.DoAsync(() => Commands.AnswerAsync(StatementId, Model.QueryId ?? "", Model.Answer ?? "", Key), LoadAsync)) { Navigation.NavigateTo($"/finance/statements/{StatementId}?done=answered"); }
        else { await LoadAsync(); }
    }

    private sealed class AnswerForm
    {
        public string? QueryId { get; set; }
        public string? Answer { get; set; }
    }
}
