using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Royalties;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Listings;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Desk;

public sealed partial class Statements
{
    [Inject] private RoyaltyQueries Royalties { get; set; } = null!;
    [Inject] private LicenceQueries Licences { get; set; } = null!;
    [Inject] private DesignQueries DesignQueries { get; set; } = null!;
    [Inject] private CurrentUser Me { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<StatementSummary>? Rows { get; set; }
    private IReadOnlyDictionary<string, DesignSummary> Designs { get; set; } = new Dictionary<string, DesignSummary>(StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;

        // Who is creator and seller has statements of both kinds; here are those that are owed.
        var mine = (await Licences.MineAsync(cancel)).Where(licence => licence.SellerId == Me.Id).Select(licence => licence.LicenceId).ToHashSet(StringComparer.Ordinal);
        var rows = (await Royalties.ListAsync(null, cancel)).Where(row => mine.Contains(row.LicenceId)).ToList();
        Designs = await DesignQueries.ByIdAsync(rows.Select(row => row.DesignId), cancel);
        Rows = rows;
    }

    private Money Total(Func<StatementSummary, bool> which) => Money.Sum(Rows!.Where(row => row.Gross.Currency == AmazonFees.Currency && which(row)).Select(row => row.Gross), AmazonFees.Currency);

    private static bool IsOwed(StatementSummary row) => row.State is StatementState.Final && row.CollectedAt is null && row.Gross.MinorUnits > 0;
}
