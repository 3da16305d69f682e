using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Registry;

public sealed partial class LicenceRegistry
{
    [Inject] private LicenceQueries Licences { get; set; } = null!;
    [Inject] private FeedQueries Feed { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<RegistryEntry> Entries { get; set; } = [];
    private IReadOnlyDictionary<string, FeedItem> Cards { get; set; } = null!;
    private IReadOnlyDictionary<string, PersonName> Names { get; set; } = null!;

    protected override async Task LoadAsync()
    {
        var cancel = Http.RequestAborted;
        Entries = await Licences.RegistryAsync(cancel);
        Cards = await Feed.CardsAsync([.. Entries.Select(entry => entry.DesignId).Distinct(StringComparer.Ordinal)], cancel);
        Names = await Accounts.NamesAsync(Entries.Select(entry => entry.SellerId), cancel);
    }

    private bool IsInForce(RegistryEntry entry) => entry.EndsAt is null || entry.EndsAt > Clock.GetUtcNow();
}
