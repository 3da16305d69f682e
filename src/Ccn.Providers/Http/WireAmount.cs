using System.Globalization;
using Ccn.Domain;

namespace Ccn.Providers.Http;

/// <summary>Decimal amounts in providers' answers. Exact or refused: an amount that does not fit its currency must not be rounded at the border.</summary>
internal static class WireAmount
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a decimal string written with a point, whatever the culture of this process.</summary>
    /// <exception cref="ProviderException">A contract failure: not a number, or more decimals than the currency has.</exception>
    public static Money Read(string provider, string amount, string currency) =>
        decimal.TryParse(amount, Plain, CultureInfo.InvariantCulture, out var value)
            ? Read(provider, value, currency)
            : throw Unreadable(provider, amount, currency);

    /// <inheritdoc cref="Read(string, string, string)"/>
    public static Money Read(string provider, decimal amount, string currency)
    {
        if (!Currencies.IsKnown(currency)) { throw Unreadable(provider, amount.ToString(CultureInfo.InvariantCulture), currency); }
        try
        {
            var minor = amount * Currencies.Scale(currency);
            return decimal.IsInteger(minor) ? new(decimal.ToInt64(minor), currency) : throw Unreadable(provider, amount.ToString(CultureInfo.InvariantCulture), currency);
        }
        catch (OverflowException) { throw Unreadable(provider, amount.ToString(CultureInfo.InvariantCulture), currency); }
    }

    private static ProviderException Unreadable(string provider, string amount, string currency) =>
        new(provider, ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, $"'{amount}' is not an amount of {currency}.");
}
