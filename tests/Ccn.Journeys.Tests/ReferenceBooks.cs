using Ccn.Api.Ledger;

namespace Ccn.Journeys.Tests;

/// <summary>The books after the reference journey, worked out by hand: debits less credits in cents, accounts at zero left out.</summary>
internal static class ReferenceBooks
{
    /// <summary>
    /// 300 sold, paid and 2 returned. The seller paid 600.00 by card and is owed 4.00; the creator got 540.00 and owes 3.60 to the next
    /// statements; CCN earned 60.00 less 0.40 and paid PayPal 1.00.
    /// </summary>
    public static IReadOnlyDictionary<int, long> WithReturns { get; } = new SortedDictionary<int, long>
    {
        [1000] = 60_000, [1001] = -54_100, [1150] = -400, [1200] = 360, [4100] = -5_960, [5200] = 100,
    };

    public static IReadOnlyDictionary<int, long> Of(IEnumerable<TrialBalanceRow> rows) =>
        new SortedDictionary<int, long>(rows.Where(row => !row.Balance.IsZero).ToDictionary(row => row.Account, row => row.Balance.MinorUnits));
}
