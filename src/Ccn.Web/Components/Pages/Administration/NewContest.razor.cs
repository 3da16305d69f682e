using Ccn.Api.Contests;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Administration;

public sealed partial class NewContest
{
    private static readonly IReadOnlyList<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ContestCommands Commands { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromForm] private ContestForm Model { get; set; } = null!;

    // The id is the form's key: however often it is sent, it is one contest.
    protected override void OnInitialized() => Model ??= new() { ContestId = Ids.New(Ids.Contest, Clock.GetUtcNow()), Zone = "UTC", TemplateId = StandardTemplates.OpenChallenge.TemplateId };

    private async Task OpenAsync()
    {
        if (await Attempt.DoAsync(() => Commands.OpenAsync(Model.ContestId ?? "", new(Model.Title ?? "", Model.Brief ?? "", Model.Category ?? "", Model.TemplateId, LocalInstant.Read(Model.OpensAt, Model.Zone), Model.Zone))))
        {
            Navigation.NavigateTo($"/admin?opened={Uri.EscapeDataString(Model.Title ?? "")}");
        }
    }

    private static string Length(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Words.Count(span.TotalDays, "day"),
        { TotalHours: >= 1 } => Words.Count(span.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Words.Count(span.TotalMinutes, "minute"),
        _ => Words.Count(span.TotalSeconds, "second"),
    };

    private sealed class ContestForm
    {
        public string? ContestId { get; set; }
        public string? Title { get; set; }
        public string? Brief { get; set; }
        public string? Category { get; set; }
        public string? OpensAt { get; set; }
        public string? Zone { get; set; }
        public string? TemplateId { get; set; }
    }
}
