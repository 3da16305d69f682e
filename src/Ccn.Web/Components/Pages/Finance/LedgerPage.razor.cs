using System.Globalization;
using Ccn.Api.Ledger;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class LedgerPage
{
    private const int PageSize = 30;

    [Inject] private LedgerDeskQueries Ledger { get; set; } = null!;
    [Inject] private ReconciliationQueries Reconciliations { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "account")] private string? AccountFilter { get; set; }
    [SupplyParameterFromQuery] private string? About { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private string? FromFilter { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? ToFilter { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }

    // A browser sends empty fields too: what cannot be read filters nothing.
    private int? Account => int.TryParse(AccountFilter, CultureInfo.InvariantCulture, out var number) ? number : null;

    private DateOnly? From => Day(FromFilter);

    private DateOnly? To => Day(ToFilter);

    private bool IsFiltered => Account is not null || !string.IsNullOrWhiteSpace(About) || From is not null || To is not null;

    private Book Book { get; set; } = new([], [], 0);
    private Reconciliation Compared { get; set; } = new(0, [], []);
    private Page<JournalRow> Entries { get; set; } = new([], null);

    protected override async Task OnInitializedAsync()
    {
        Book = await Ledger.BookAsync(Http.RequestAborted);
        Compared = await Reconciliations.ReadAsync(Http.RequestAborted);
        Entries = await Ledger.EntriesAsync(new(Account, About, From, To, PageSize, Cursor), Http.RequestAborted);
    }

    private string NextPage(string cursor) => Navigation.GetUriWithQueryParameter("cursor", cursor) + "#journal";

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Value(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
