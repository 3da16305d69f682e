using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Ledger;

/// <summary>What a provider said about money against what the ledger holds for the same thing.</summary>
/// <param name="Checked">How many things were compared.</param>
/// <param name="Differences">Those that do not agree.</param>
/// <param name="UnmatchedSales">Sale lines of the marketplace for which no listing and licence were found: nothing is accrued for them.</param>
public sealed record Reconciliation(int Checked, IReadOnlyList<Difference> Differences, IReadOnlyList<UnmatchedSale> UnmatchedSales);

/// <param name="About">The payout or statement.</param>
/// <param name="What">What was compared, in plain words.</param>
public sealed record Difference(string About, string What, Money Provider, Money Ledger);
public sealed record UnmatchedSale(string OrderId, string Sku, int Quantity, DateTimeOffset OrderedAt, string Reason);

/// <summary>Compares payouts (PayPal's word) and collections (Stripe's word) with the books, thing by thing.</summary>
public sealed class ReconciliationQueries(CcnDbContext db, CurrentUser user)
{
    private const string Collected = "royalty.collected";

    public async Task<Reconciliation> ReadAsync(CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var payouts = await db.Payouts.AsNoTracking().Where(payout => payout.PreparedAt != null).ToListAsync(cancel);
        var collections = (await db.BusinessEvents.AsNoTracking().Where(row => row.Type == Collected).ToListAsync(cancel)).Select(row => row.Data).OfType<RoyaltyCollected>().ToList();
        var cash = await NetAsync(ChartOfAccounts.CashPayPal, cancel);
        var transit = await NetAsync(ChartOfAccounts.PayoutsInTransit, cancel);
        var stripe = await NetAsync(ChartOfAccounts.CashStripe, cancel);
        IEnumerable<Difference> compared =
        [
            .. payouts.Where(payout => payout.State is PayoutStatus.Confirmed).Select(payout => new Difference(payout.Id, "paid out with PayPal's fee", payout.Amount + (payout.ProviderFee ?? Money.Zero(payout.Currency)), -Of(cash, payout.Id, payout.Currency))),
            .. payouts.Where(IsSettledOrWatched).Select(payout => new Difference(payout.Id, "under way", IsUnderWay(payout) ? payout.Amount : Money.Zero(payout.Currency), -Of(transit, payout.Id, payout.Currency))),
            .. collections.GroupBy(collection => collection.StatementId, StringComparer.Ordinal).Select(statement =>
                new Difference(statement.Key, "collected from the seller by Stripe", Money.Sum(statement.Select(collection => collection.Amount), statement.First().Amount.Currency), Of(stripe, statement.Key, statement.First().Amount.Currency))),
        ];
        var all = compared.ToList();
        return new(all.Count, [.. all.Where(pair => pair.Provider != pair.Ledger)], await UnmatchedAsync(cancel));
    }

    // An attempt that is being sent is booked as under way in the instant before the provider has it: no difference.
    private static bool IsSettledOrWatched(PayoutView payout) => payout.State is not (PayoutStatus.Approved or PayoutStatus.Refused);

    private static bool IsUnderWay(PayoutView payout) => payout.State is PayoutStatus.Sent or PayoutStatus.Unclaimed;

    private static Money Of(IReadOnlyDictionary<(string About, string Currency), long> net, string about, string currency) => new(net.GetValueOrDefault((about, currency)), currency);

    // Every entry's key begins with the id of what it is about.
    private async Task<IReadOnlyDictionary<(string About, string Currency), long>> NetAsync(Account account, CancellationToken cancel)
    {
        var rows = await (from entry in db.JournalEntries.AsNoTracking()
                          from posting in entry.Postings
                          where posting.Account == account.Number
                          select new { entry.IdempotencyKey, posting.Currency, posting.Direction, posting.AmountMinor }).ToListAsync(cancel);
        return rows.GroupBy(row => (row.IdempotencyKey.Split(':')[0], row.Currency)).ToDictionary(group => group.Key, group => group.Sum(row => row.Direction is Direction.Debit ? row.AmountMinor : -row.AmountMinor));
    }

    private async Task<IReadOnlyList<UnmatchedSale>> UnmatchedAsync(CancellationToken cancel) =>
        await db.SaleLines.AsNoTracking().Where(line => line.Break != null).OrderByDescending(line => line.OrderedAt).Take(100)
            .Select(line => new UnmatchedSale(line.MarketplaceOrderId, line.Sku, line.Quantity, line.OrderedAt, line.Break!)).ToListAsync(cancel);
}
