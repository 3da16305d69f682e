using Ccn.Api.Payouts;
using Ccn.Api.Sourcing;
using Ccn.Data.Payouts;

namespace Ccn.Host.Demo;

/// <summary>Finance in the demo history: once a month it enters the exchange rates of the day, looks at what is prepared and approves it. The last payouts are left for whoever looks at the demo.</summary>
internal static class FinanceLife
{
    private static readonly TimeSpan LeftOpen = TimeSpan.FromDays(20);

    public static async Task LiveAsync(Story story, DateTimeOffset end)
    {
        var finance = story.World.Cast.Finance;
        for (var month = 1; ; month++)
        {
            await story.NextMonthAsync(FormattableString.Invariant($"month-{month}"), 16);
            await EnterRatesAsync(story, finance, month);
            if (story.World.Time.Now > end - LeftOpen) { return; }

            await story.DoAsync(FormattableString.Invariant($"approvals-{month}"), finance.Name, "approves the prepared payouts", async () =>
            {
                var payouts = (await finance.GetAsync<IReadOnlyList<PayoutSummary>>("/v1/payouts", story.Cancel)).Where(payout => payout.State is PayoutStatus.Prepared).ToList();
                foreach (var payout in payouts) { await ApproveAsync(story, finance, payout); }

                // Large ones wait for a second person, who looks at them after the first.
                var large = (await finance.GetAsync<IReadOnlyList<PayoutSummary>>("/v1/payouts", story.Cancel)).Where(payout => payout.State is PayoutStatus.PartlyApproved);
                foreach (var payout in large) { await ApproveAsync(story, story.World.Cast.SecondFinance, payout); }

                return FormattableString.Invariant($"{payouts.Count} payouts");
            });
        }
    }

    private static Task EnterRatesAsync(Story story, Actor finance, int month) => story.DoAsync(FormattableString.Invariant($"rates-{month}"), finance.Name, "enters the exchange rates of the day", async () =>
    {
        var day = DateOnly.FromDateTime(story.World.Time.Now.UtcDateTime);
        var rates = DemoRates.Of(month);
        foreach (var (currency, rate) in rates) { await finance.PutAsync(FormattableString.Invariant($"/v1/exchange-rates/{currency}/{day:yyyy-MM-dd}"), new RateBody(rate, DemoRates.Source), story.Cancel); }

        return string.Join(", ", rates.Select(row => FormattableString.Invariant($"{row.Currency} {row.Rate}")));
    });

    private static Task ApproveAsync(Story story, Actor person, PayoutSummary payout) =>
        person.PostAsync($"/v1/payouts/{payout.PayoutId}/approval", new ApprovalBody(payout.PayloadHash), story.Key($"{person.Name}-{payout.PayoutId}"), story.Cancel);
}
