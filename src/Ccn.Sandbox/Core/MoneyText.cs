using System.Globalization;

namespace Ccn.Sandbox.Core;

/// <summary>Amounts as decimal text. The sandbox has its own table of minor digits on purpose: it must not share an error with the product.</summary>
internal static class MoneyText
{
    private static readonly HashSet<string> Zero = new(StringComparer.Ordinal)
        { "BIF", "CLP", "DJF", "GNF", "HUF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "TWD", "UGX", "VND", "VUV", "XAF", "XOF", "XPF" };

    private static readonly HashSet<string> Three = new(StringComparer.Ordinal) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    public static int Digits(string currency) => Zero.Contains(currency) ? 0 : Three.Contains(currency) ? 3 : 2;

    public static decimal Round(decimal amount, string currency) => Math.Round(amount, Digits(currency), MidpointRounding.ToEven);

    /// <summary>The amount with exactly as many decimals as its currency has.</summary>
    public static string Format(decimal amount, string currency) =>
        Round(amount, currency).ToString("F" + Digits(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Reads a plain decimal number: digits with an optional sign and point, no exponent, no grouping.</summary>
    public static decimal? Parse(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
