using System.Globalization;
using System.Text.Json;
using Ccn.Api.Accounts;
using Ccn.Api.Payouts;
using Ccn.Api.Royalties;
using Ccn.Web.Components.Pages.Statements;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Mine;

public sealed partial class MyEarnings
{
    private const string PayPal = "paypal";

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private EarningsQueries Queries { get; set; } = null!;
    [Inject] private PayoutQueries PayoutQueries { get; set; } = null!;
    [Inject] private PayoutCommands PayoutCommands { get; set; } = null!;
    [Inject] private CurrentUser User { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Saved { get; set; }
    [SupplyParameterFromForm] private string? Receiver { get; set; }

    private Earnings? Earnings { get; set; }
    private IReadOnlyList<EarnedStatement> Statements { get; set; } = [];
    private IReadOnlyList<PayoutSummary> Payouts { get; set; } = [];
    private Dictionary<string, string> Titles { get; set; } = [];

    private string UserId => User.Id;

    /// <summary>Of the currency with the most months: amounts of two currencies do not stand on one axis.</summary>
    private string Chart
    {
        get
        {
            var months = Earnings!.Months.GroupBy(month => month.Final.Currency).MaxBy(currency => currency.Count())!;
            return JsonSerializer.Serialize(new
            {
                labels = months.Select(Name),
                currency = months.Key,
                series = new[]
                {
                    new { name = "Final", kind = "bar", money = true, colour = "pine", values = months.Select(month => month.Final.ToDecimal()) },
                    new { name = "Draft", kind = "bar", money = true, colour = "amber", values = months.Select(month => month.Draft.ToDecimal()) },
                }.Where(series => series.values.Any(value => value != 0)),
            });
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Statements = await Queries.StatementsAsync(Http.RequestAborted);
        Payouts = await PayoutQueries.ListAsync(Http.RequestAborted);
        Titles = Statements.ToDictionary(row => row.Statement.StatementId, row => $"{row.DesignTitle}, {Period(row.Statement)}", StringComparer.Ordinal);
        Earnings = await Queries.GetAsync(Http.RequestAborted);
    }

    private async Task SetMethodAsync()
    {
        if (await Attempt.DoAsync(() => PayoutCommands.SetMethodAsync(new(PayPal, Receiver ?? ""), Http.RequestAborted))) { Navigation.NavigateTo("/my/earnings?saved=1#method"); }
    }

    private static string Period(StatementSummary statement) => StatementPeriod.Of(statement);

    private static string Name(EarningsMonth month) => month.Month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static string Ordinal(int day) => day.ToString(CultureInfo.InvariantCulture) + (day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
