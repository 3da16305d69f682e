using System.Globalization;
using System.Text.RegularExpressions;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;

namespace Ccn.Web.Components.Parts;

/// <summary>Values in the words that people read.</summary>
internal static partial class Words
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal) { ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "CN¥", ["CAD"] = "CA$" };

    /// <summary>An amount with its currency: <c>$1,234.50</c>, <c>−€3.00</c>, <c>SEK 12.00</c>.</summary>
    public static string Of(Money amount)
    {
        var digits = Math.Abs(amount.ToDecimal()).ToString("N" + Currencies.MinorDigits(amount.Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (amount.IsNegative ? "−" : "") + (Symbols.TryGetValue(amount.Currency, out var symbol) ? symbol : amount.Currency + " ") + digits;
    }

    /// <summary>Hundredths of a percent: <c>10 %</c>, <c>7.5 %</c>.</summary>
    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public static string Of(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of a thing: <c>1 minute</c>, <c>2.5 hours</c>, <c>1,200 units</c>. What is read decides between one and many, so 1.04 days are <c>1 day</c>.</summary>
    public static string Count(double number, string unit)
    {
        var digits = number.ToString("#,0.#", CultureInfo.InvariantCulture);
        return $"{digits} {unit}{(digits == "1" ? "" : "s")}";
    }

    /// <summary>Whose turn it is.</summary>
    public static string Of(Party party) => party switch
    {
        Party.None => "nobody",
        Party.Finance => "finance",
        Party.Operator => "operations",
        Party.Provider => "a provider",
        _ => "the " + party.ToString().ToLowerInvariant(),
    };

    /// <summary>A member of an enumeration as words: <c>PartSigned</c> is "Part signed".</summary>
    public static string Of(Enum value)
    {
        var words = Capital().Replace(value.ToString(), " $0");
        return words[..1] + words[1..].ToLowerInvariant();
    }

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Capital();
}
