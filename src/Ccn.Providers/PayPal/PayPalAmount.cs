using System.Globalization;
using Ccn.Domain;
using Ccn.Providers.Http;

namespace Ccn.Providers.PayPal;

/// <summary>
/// An amount in PayPal's notation: a decimal string in major units. PayPal takes HUF, JPY and TWD without decimals, although two of
/// them have minor units elsewhere.
/// </summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Value">Decimal string, such as <c>9.87</c> USD or <c>10000</c> JPY.</param>
public sealed record PayPalAmount(string Currency, string Value)
{
    /// <summary>Writes an amount.</summary>
    /// <exception cref="ArgumentException">The amount has decimals that PayPal does not take: pay <see cref="Split"/>'s part instead.</exception>
    public static PayPalAmount From(Money money)
    {
        var (send, carry) = Split(money);
        if (!carry.IsZero) { throw new ArgumentException($"PayPal takes {money.Currency} without decimals, and {money} has some.", nameof(money)); }
        return new(send.Currency, send.ToDecimal().ToString($"F{Digits(send.Currency)}", CultureInfo.InvariantCulture));
    }

    /// <summary>The part of a balance that PayPal can pay, and the rest, which stays owed. They add up to the balance.</summary>
    public static (Money Send, Money Carry) Split(Money balance)
    {
        var unit = (long)(Currencies.Scale(balance.Currency) / Scale(balance.Currency));   // 100 for HUF and TWD, else 1
        var carry = new Money(balance.MinorUnits % unit, balance.Currency);
        return (balance - carry, carry);
    }

    /// <summary>The amount in our own form, to compare it with what was sent.</summary>
    /// <exception cref="ProviderException">A contract failure: the value is no amount of that currency.</exception>
    public Money ToMoney() => WireAmount.Read(ProviderNames.PayPal, Value, Currency);

    private static decimal Scale(string currency) => Digits(currency) == 0 ? 1m : Currencies.Scale(currency);

    private static int Digits(string currency) => currency is "HUF" or "JPY" or "TWD" ? 0 : Currencies.MinorDigits(currency);
}
