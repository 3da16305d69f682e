using System.Globalization;
using Ccn.Api.Accounts;
using Ccn.Api.Licences;
using Ccn.Data.Licences;
using Ccn.Data.Sourcing;
using Ccn.Domain.Licences;
using Ccn.Web.Components.Parts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Ccn.Web.Components.Pages.Licences;

public sealed partial class LicencePage
{
    [Parameter] public string LicenceId { get; set; } = "";

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ReadableLicenceQueries Queries { get; set; } = null!;
    [Inject] private LicenceCommands Licences { get; set; } = null!;
    [Inject] private CurrentUser User { get; set; } = null!;
    [Inject] private IOptions<SignedLinkOptions> Links { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private ReadableLicence? Reading { get; set; }

    private bool IsCreator => Reading!.Detail.Licence.CreatorId == User.Id;

    private LicenceState State => Reading!.Detail.Licence.State;

    private string StateText => State switch
    {
        LicenceState.Sent => "To be signed",
        LicenceState.PartSigned => "One signature missing",
        _ => Words.Of(State),
    };

    private string StateColour => State switch
    {
        LicenceState.InForce => "pine",
        LicenceState.Drafted or LicenceState.Sent or LicenceState.PartSigned => "plum",
        LicenceState.Ended => "",
        _ => "bad",
    };

    protected override async Task OnInitializedAsync() => Reading = await Queries.GetAsync(LicenceId, Http.RequestAborted);

    private async Task SignAsync()
    {
        string? url = null;
        // The provider's address works once: whoever asks again gets another one.
        if (await Attempt.DoAsync(async () => url = (await Licences.OpenSigningAsync(LicenceId, $"{Links.Value.PublicUrl}/licences/{LicenceId}", FormKey.New())).Url, OnInitializedAsync)) { Navigation.NavigateTo(url!); }
    }

    private static string Royalty(LicenceTerms terms) => terms.Mode is RoyaltyMode.Percent ? Words.Percent(terms.RateBasisPoints) : Words.Of(terms.PerUnit!.Value);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
