using System.Globalization;
using System.Text.Json.Serialization;

namespace Ccn.Domain;

/// <summary>An exact amount in one currency. Currencies are never mixed and nothing is ever rounded here; arithmetic is checked.</summary>
/// <param name="MinorUnits">Whole minor units of the currency: 1999 USD is $19.99, 1999 JPY is 1,999 yen.</param>
/// <param name="Currency">ISO 4217 code in upper case.</param>
public readonly record struct Money(long MinorUnits, string Currency) : IComparable<Money>
{
    [JsonIgnore] public bool IsNegative => MinorUnits < 0;
    [JsonIgnore] public bool IsZero => MinorUnits == 0;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.MinorUnits), Same(left, right));
    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.MinorUnits), Same(left, right));
    public static Money operator -(Money value) => new(checked(-value.MinorUnits), value.Currency);
    public static Money operator *(Money value, long factor) => new(checked(value.MinorUnits * factor), value.Currency);
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The sum of amounts that all are in <paramref name="currency"/>; zero of that currency when there are none.</summary>
    public static Money Sum(IEnumerable<Money> amounts, string currency) => amounts.Aggregate(Zero(currency), (sum, amount) => sum + amount);

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other)
    {
        Same(this, other);
        return MinorUnits.CompareTo(other.MinorUnits);
    }

    /// <summary>Plain notation with the currency's own number of decimals, such as <c>-19.99 USD</c>; the same in every culture.</summary>
    public override string ToString() => $"{ToDecimal().ToString($"F{Currencies.MinorDigits(Currency)}", CultureInfo.InvariantCulture)} {Currency}";

    /// <summary>The amount in major units, for display and wire formats; exact.</summary>
    public decimal ToDecimal() => MinorUnits / Currencies.Scale(Currency);

    private static string Same(Money left, Money right) => string.Equals(left.Currency, right.Currency, StringComparison.Ordinal)
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} cannot be combined.");
}
