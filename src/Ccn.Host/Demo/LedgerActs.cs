using Ccn.Api.Ledger;

namespace Ccn.Host.Demo;

/// <summary>The books as finance reads them.</summary>
internal static class LedgerActs
{
    public static Task<IReadOnlyList<TrialBalanceRow>> TrialBalanceAsync(this Actor finance, CancellationToken cancel) => finance.GetAsync<IReadOnlyList<TrialBalanceRow>>("/v1/ledger/trial-balance", cancel);

    /// <summary>Sum of all balances per currency: zero in each, or an entry is missing a leg.</summary>
    public static IReadOnlyDictionary<string, long> OutOfBalance(this IEnumerable<TrialBalanceRow> rows) =>
        rows.GroupBy(row => row.Balance.Currency, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row.Balance.MinorUnits), StringComparer.Ordinal);
}
