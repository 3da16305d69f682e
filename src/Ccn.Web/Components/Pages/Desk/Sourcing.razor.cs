using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Sourcing;
using Ccn.Data.Licences;
using Ccn.Data.Sourcing;
using Ccn.Domain.Lifecycle;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class Sourcing
{
    [Inject] private SourcingQueries Queries { get; set; } = null!;
    [Inject] private LicenceQueries Licences { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private CurrentUser Me { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<RfqSummary>? Requests { get; set; }
    private IReadOnlyList<LicenceSummary> Ready { get; set; } = [];
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        var requests = await Queries.ListAsync(cancel);
        var licences = (await Licences.MineAsync(cancel)).Where(licence => licence.SellerId == Me.Id && licence.State is LicenceState.InForce).ToList();
        Designs = await DesignQueries.ByIdAsync([.. requests.Select(rfq => rfq.DesignId), .. licences.Select(licence => licence.DesignId)], cancel);
        Ready = licences.FindAll(licence => Designs.GetValueOrDefault(licence.DesignId) is { Stage: DesignStage.Licensed or DesignStage.Sourcing }
            && !requests.Any(rfq => rfq.LicenceId == licence.LicenceId && rfq.State is RfqState.Open or RfqState.Quoted));
        Requests = requests;
    }
}
