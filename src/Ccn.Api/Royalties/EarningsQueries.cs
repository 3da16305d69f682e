using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Payouts;
using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Data.Payouts;
using Ccn.Data.Royalties;
using Ccn.Data.Sales;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ccn.Api.Royalties;

/// <summary>A creator's money. Balances and months are by currency: currencies are never added up.</summary>
/// <param name="HoldReason">Why what is cleared is not paid now; null when nothing holds it.</param>
public sealed record Earnings(IReadOnlyList<EarningsBalance> Balances, IReadOnlyList<EarningsMonth> Months, string? HoldReason, DateTimeOffset? HeldAt, PayoutSetting Payout);

/// <summary>The creator's part of the royalties, after CCN's fee, by where the money stands.</summary>
/// <param name="Provisional">Of orders that have not shipped.</param>
/// <param name="Unpriced">Orders that have not shipped and whose price Amazon has not told; not part of any amount.</param>
/// <param name="Pending">Of shipped orders whose statement is not final.</param>
/// <param name="Cleared">Of final statements, payable.</param>
/// <param name="Held">Of final statements, stopped, and reserves for returns.</param>
/// <param name="UnderWay">Sent and not confirmed.</param>
/// <param name="Paid">Confirmed by the provider and not come back.</param>
public sealed record EarningsBalance(string Currency, Money Provisional, int Unpriced, Money Pending, Money Cleared, Money Held, Money UnderWay, Money Paid);

/// <param name="Final">Net of final statements of the month.</param>
/// <param name="Draft">Net of its drafts.</param>
public sealed record EarningsMonth(DateOnly Month, Money Final, Money Draft);

/// <param name="Display">The address as people may see it; null when none is set.</param>
/// <param name="PayDay">Day of the month on which payouts are prepared; 0 is at once.</param>
public sealed record PayoutSetting(string? Provider, string? Display, DateTimeOffset? SetAt, string? BlockedReason, Money Minimum, int PayDay);

/// <summary>A statement in the list, with the words that tell it from others.</summary>
public sealed record EarnedStatement(StatementSummary Statement, string DesignTitle, string SellerName);

public sealed class EarningsQueries(CcnDbContext db, RoyaltyQueries royalties, CurrentUser user, IOptions<PayoutOptions> options)
{
    private const string Home = "USD";

    public async Task<Earnings> GetAsync(CancellationToken cancel)
    {
        var reader = user.Id;
        var payee = await db.Payees.AsNoTracking().SingleOrDefaultAsync(row => row.PayeeId == reader, cancel);
        var method = await db.PayoutMethods.AsNoTracking().SingleOrDefaultAsync(row => row.PayeeId == reader, cancel);
        var rules = Templates.Get(options.Value.TemplateId).Payouts;
        return new(await BalancesAsync(payee?.HoldReason is not null, cancel), await MonthsAsync(cancel), payee?.HoldReason, payee?.HeldAt,
            new(method?.Provider, method?.Display, method?.SetAt, method?.BlockedReason, new(rules.Minimum, Home), rules.PayDay));
    }

    /// <summary>The creator's statements, newest first.</summary>
    public async Task<IReadOnlyList<EarnedStatement>> StatementsAsync(CancellationToken cancel)
    {
        var statements = await royalties.ListAsync(licenceId: null, cancel);
        var licences = statements.Select(statement => statement.LicenceId).Distinct().ToList();
        var words = await (from licence in db.Licences.AsNoTracking()
                           join design in db.Designs on licence.DesignId equals design.Id
                           join seller in db.Users on licence.SellerId equals seller.Id
                           where licences.Contains(licence.Id)
                           select new { licence.Id, design.Title, seller.DisplayName }).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancel);
        return [.. statements.Select(statement => new EarnedStatement(statement, words.GetValueOrDefault(statement.LicenceId)?.Title ?? statement.DesignId, words.GetValueOrDefault(statement.LicenceId)?.DisplayName ?? ""))];
    }

    private async Task<IReadOnlyList<EarningsBalance>> BalancesAsync(bool held, CancellationToken cancel)
    {
        var reader = user.Id;
        var licences = (await db.Licences.AsNoTracking().Where(licence => licence.CreatorId == reader && licence.EffectiveAt != null).ToListAsync(cancel))
            .Where(licence => licence.Terms is not null).ToDictionary(licence => licence.Id, licence => licence.Terms!, StringComparer.Ordinal);
        var ids = licences.Keys.ToList();
        var provisional = await db.SaleLines.AsNoTracking().Where(line => line.State == SaleLineState.Provisional && line.LicenceId != null && ids.Contains(line.LicenceId)).ToListAsync(cancel);
        var ofLicences = await LedgerAsync([ChartOfAccounts.RoyaltiesAccrued, ChartOfAccounts.ReturnsReserve], ids, cancel);
        var ofReader = await LedgerAsync([ChartOfAccounts.RoyaltiesPayable, ChartOfAccounts.PayoutsInTransit], [reader], cancel);
        var paid = (await db.Payouts.AsNoTracking().Where(payout => payout.PayeeId == reader && payout.State == PayoutStatus.Confirmed)
            .GroupBy(payout => payout.Currency).Select(group => new { group.Key, Minor = group.Sum(payout => payout.AmountMinor) }).ToListAsync(cancel)).ToDictionary(sum => sum.Key, sum => new Money(sum.Minor, sum.Key), StringComparer.Ordinal);
        var currencies = ofLicences.Concat(ofReader).Select(row => row.Balance.Currency).Concat(provisional.Select(line => line.Currency)).Concat(paid.Keys).Append(Home).Distinct().Order(StringComparer.Ordinal);
        return [.. currencies.Select(currency =>
        {
            var payable = Of(ofReader, ChartOfAccounts.RoyaltiesPayable, currency);
            var reserve = ofLicences.Where(row => row.Account == ChartOfAccounts.ReturnsReserve.Number && row.Balance.Currency == currency).Select(row => Part(licences[row.Owner], reader, row.Balance));
            var pending = ofLicences.Where(row => row.Account == ChartOfAccounts.RoyaltiesAccrued.Number && row.Balance.Currency == currency).Select(row => AfterFee(licences[row.Owner], reader, row.Balance));
            var orders = provisional.Where(line => line.Currency == currency && line.ItemPrice is not null).Select(line => AfterFee(licences[line.LicenceId!], reader, RoyaltyEngine.Of(licences[line.LicenceId!], Sale(line))));
            return new EarningsBalance(currency, Money.Sum(orders, currency), provisional.Count(line => line.Currency == currency && line.ItemPrice is null), Money.Sum(pending, currency),
                held ? Money.Zero(currency) : payable, (held ? payable : Money.Zero(currency)) + Money.Sum(reserve, currency), Of(ofReader, ChartOfAccounts.PayoutsInTransit, currency), paid.GetValueOrDefault(currency, Money.Zero(currency)));
        })];
    }

    private async Task<IReadOnlyList<EarningsMonth>> MonthsAsync(CancellationToken cancel)
    {
        var statements = await royalties.ListAsync(licenceId: null, cancel);
        return [.. statements.Where(statement => statement.From is not null).GroupBy(statement => (Month: MonthOf(statement), statement.Net.Currency)).OrderBy(month => month.Key.Month)
            .Select(month => new EarningsMonth(month.Key.Month,
                Money.Sum(month.Where(statement => statement.State is StatementState.Final).Select(statement => statement.Net), month.Key.Currency),
                Money.Sum(month.Where(statement => statement.State is not StatementState.Final).Select(statement => statement.Net), month.Key.Currency)))];
    }

    // A period begins at midnight of its own zone: half a day on is inside its first day everywhere.
    private static DateOnly MonthOf(StatementSummary statement)
    {
        var inside = statement.From!.Value.UtcDateTime.AddHours(12);
        return new(inside.Year, inside.Month, 1);
    }

    private async Task<IReadOnlyList<OwnerBalance>> LedgerAsync(IReadOnlyList<Account> accounts, IReadOnlyList<string> owners, CancellationToken cancel)
    {
        var numbers = accounts.Select(account => account.Number).ToList();
        var sums = await db.Postings.AsNoTracking().Where(posting => numbers.Contains(posting.Account) && posting.Owner != null && owners.Contains(posting.Owner))
            .GroupBy(posting => new { posting.Account, posting.Owner, posting.Currency })
            .Select(group => new { group.Key, Minor = group.Sum(posting => posting.Direction == Direction.Credit ? posting.AmountMinor : -posting.AmountMinor) }).ToListAsync(cancel);
        return [.. sums.Select(sum => new OwnerBalance(sum.Key.Account, sum.Key.Owner!, new(sum.Minor, sum.Key.Currency)))];
    }

    private static Money Of(IEnumerable<OwnerBalance> balances, Account account, string currency) =>
        Money.Sum(balances.Where(row => row.Account == account.Number && row.Balance.Currency == currency).Select(row => row.Balance), currency);

    private static Money AfterFee(LicenceTerms terms, string payeeId, Money royalty) => Part(terms, payeeId, royalty - RoyaltyEngine.FeeOf(terms, royalty));

    private static Money Part(LicenceTerms terms, string payeeId, Money whole) =>
        Money.Sum(MoneyMath.Allocate(whole, [.. terms.Splits.Select(split => split.ShareBasisPoints)]).Where((_, index) => terms.Splits[index].PayeeId == payeeId), whole.Currency);

    private static SaleLine Sale(SaleLineRow line) => new(line.Id, line.MarketplaceOrderId, line.OrderedAt, line.Quantity, line.ItemPrice!.Value, line.Promotions);

    private sealed record OwnerBalance(int Account, string Owner, Money Balance);
}
