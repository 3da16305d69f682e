using System.Globalization;
using System.Text.Json;
using Ccn.Api.Ledger;
using Ccn.Api.Payouts;
using Ccn.Api.Royalties;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Finance;

public sealed partial class Overview
{
    private static readonly int[] Shown =
    [
        ChartOfAccounts.CashStripe.Number, ChartOfAccounts.CashPayPal.Number, ChartOfAccounts.SellerReceivable.Number, ChartOfAccounts.RoyaltiesAccrued.Number, ChartOfAccounts.RoyaltiesPayable.Number,
        ChartOfAccounts.ReturnsReserve.Number, ChartOfAccounts.PayoutsInTransit.Number, ChartOfAccounts.Commission.Number,
    ];

    [Inject] private PayoutDeskQueries Payouts { get; set; } = null!;
    [Inject] private PayeeDeskQueries Payees { get; set; } = null!;
    [Inject] private StatementDeskQueries StatementList { get; set; } = null!;
    [Inject] private LedgerDeskQueries Ledger { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private IReadOnlyList<PayoutRow> ToApprove { get; set; } = [];
    private IReadOnlyList<PayoutTotal> Totals { get; set; } = [];
    private IReadOnlyList<PayoutMonth> Months { get; set; } = [];
    private IReadOnlyList<PayeeRow> Held { get; set; } = [];
    private StatementDesk Statements { get; set; } = new([], [], []);
    private Book Book { get; set; } = new([], [], 0);
    private string Currency { get; set; } = "USD";

    private bool Balanced => Book.Totals.All(total => total.Balances);

    private int OpenQueries => Statements.Rows.Sum(row => row.OpenQueries);

    private string Chart => JsonSerializer.Serialize(new
    {
        labels = Months.Select(month => month.Month.ToString("MMM yy", CultureInfo.InvariantCulture)),
        currency = Currency,
        series = new[] { Series("Arrived", "pine", month => month.Arrived), Series("Still open", "sky", month => month.UnderWay), Series("Came back", "bad", month => month.Returned) },
    });

    protected override async Task OnInitializedAsync()
    {
        var cancel = Http.RequestAborted;
        ToApprove = [.. await Payouts.ListAsync(PayoutStatus.PartlyApproved, cancel), .. await Payouts.ListAsync(PayoutStatus.Prepared, cancel)];
        Totals = await Payouts.TotalsAsync(cancel);
        Currency = Totals.MaxBy(total => total.Payouts)?.Amount.Currency ?? Currency;
        Months = await Payouts.MonthsAsync(Currency, cancel);
        Held = [.. (await Payees.ListAsync(cancel)).Where(payee => payee.HeldBecause is not null && !payee.Payable.IsZero)];
        Statements = await StatementList.ListAsync(null, null, cancel);
        Book = await Ledger.BookAsync(cancel);
    }

    private int Count(params PayoutStatus[] states) => Totals.Where(total => states.Contains(total.State)).Sum(total => total.Payouts);

    private IEnumerable<Money> Balances(params Account[] accounts) => Book.Accounts.Where(row => accounts.Any(account => account.Number == row.Account)).Select(row => row.Balance);

    /// <summary>Sums by currency, side by side: amounts of different currencies are never added.</summary>
    private static string Sum(IEnumerable<Money> amounts)
    {
        var sums = amounts.GroupBy(amount => amount.Currency, StringComparer.Ordinal).Select(group => Words.Of(Money.Sum(group, group.Key))).ToList();
        return sums.Count == 0 ? "—" : string.Join(" · ", sums);
    }

    private object Series(string name, string colour, Func<PayoutMonth, Money> value) => new { name, kind = "bar", colour, money = true, values = Months.Select(month => value(month).ToDecimal()) };
}
