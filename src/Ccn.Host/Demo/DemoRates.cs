namespace Ccn.Host.Demo;

/// <summary>The rates that finance enters in the demo: US dollars for one unit, a figure for each month. Invented, near what the currencies were worth in 2025 and 2026.</summary>
internal static class DemoRates
{
    public const string Source = "Demo Bank, daily sheet (invented)";

    private static readonly (string Currency, decimal[] Months)[] Rates =
    [
        ("CNY", [0.1404m, 0.1409m, 0.1421m, 0.1434m, 0.1441m, 0.1447m, 0.1452m, 0.1449m, 0.1444m, 0.1450m, 0.1456m, 0.1461m, 0.1458m]),
        ("EUR", [1.1585m, 1.1612m, 1.1748m, 1.1790m, 1.1832m, 1.1765m, 1.1714m, 1.1688m, 1.1725m, 1.1781m, 1.1806m, 1.1749m, 1.1772m]),
        ("GBP", [1.3170m, 1.3265m, 1.3402m, 1.3450m, 1.3518m, 1.3476m, 1.3391m, 1.3344m, 1.3380m, 1.3437m, 1.3465m, 1.3412m, 1.3429m]),
    ];

    /// <summary>What each currency is worth in a month of the history.</summary>
    /// <param name="month">From 1.</param>
    public static IReadOnlyList<(string Currency, decimal Rate)> Of(int month) => [.. Rates.Select(row => (row.Currency, row.Months[(month - 1) % row.Months.Length]))];
}
