using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Data.Licences;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class MyLicences
{
    [Inject] private LicenceQueries Queries { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private CurrentUser Me { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<LicenceSummary>? Licences { get; set; }
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var licences = (await Queries.MineAsync(Http.RequestAborted)).Where(licence => licence.SellerId == Me.Id).ToList();
        Designs = await DesignQueries.ByIdAsync(licences.Select(licence => licence.DesignId), Http.RequestAborted);
        Licences = licences;
    }

    private static bool IsToSign(LicenceSummary licence) => licence.State is LicenceState.Sent or LicenceState.PartSigned;
}
