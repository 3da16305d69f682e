using System.Collections.Frozen;

namespace Ccn.Domain;

/// <summary>Minor digits of ISO 4217. Providers with rules of their own override them in their adapter, never here.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> Digits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0,
        ["UGX"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["AED"] = 2, ["AUD"] = 2, ["BGN"] = 2, ["BRL"] = 2, ["CAD"] = 2, ["CHF"] = 2, ["CNY"] = 2, ["CZK"] = 2, ["DKK"] = 2, ["EUR"] = 2, ["GBP"] = 2,
        ["HKD"] = 2, ["HUF"] = 2, ["IDR"] = 2, ["ILS"] = 2, ["INR"] = 2, ["MXN"] = 2, ["MYR"] = 2, ["NOK"] = 2, ["NZD"] = 2, ["PHP"] = 2, ["PLN"] = 2,
        ["RON"] = 2, ["SAR"] = 2, ["SEK"] = 2, ["SGD"] = 2, ["THB"] = 2, ["TRY"] = 2, ["TWD"] = 2, ["UAH"] = 2, ["USD"] = 2, ["ZAR"] = 2,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
        ["CLF"] = 4, ["UYW"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the code is one that amounts may be kept in.</summary>
    public static bool IsKnown(string currency) => Digits.ContainsKey(currency);

    /// <summary>Number of decimals of the currency's minor unit.</summary>
    /// <exception cref="ArgumentException">The currency is not known: an unknown scale must never be guessed.</exception>
    public static int MinorDigits(string currency) =>
        Digits.TryGetValue(currency, out var digits) ? digits : throw new ArgumentException($"Unknown currency '{currency}'.", nameof(currency));

    /// <summary>Minor units per major unit, as a decimal: 100 for USD.</summary>
    public static decimal Scale(string currency) => MinorDigits(currency) switch { 0 => 1m, 2 => 100m, 3 => 1_000m, _ => 10_000m };
}
