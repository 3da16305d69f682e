using System.Globalization;

namespace Ccn.Domain;

/// <summary>The two places where money is divided: rounding a rate's result, and allocating a whole to shares. Nothing else in the product rounds.</summary>
public static class MoneyMath
{
    private const long WholeBasisPoints = 10_000;

    /// <summary>A share of an amount in basis points, rounded half-even to the minor unit, once: 9.99 at 250 is 0.25. Exact integer arithmetic.</summary>
    public static Money Share(Money amount, int basisPoints) => new(RoundHalfEven((Int128)amount.MinorUnits * basisPoints, WholeBasisPoints), amount.Currency);

    /// <summary>The part <paramref name="numerator"/> / <paramref name="denominator"/> of an amount, rounded half-even.</summary>
    public static Money Fraction(Money amount, long numerator, long denominator) =>
        new(RoundHalfEven((Int128)amount.MinorUnits * numerator, denominator), amount.Currency);

    /// <summary>Splits an amount by weights so that the parts add up to the whole: round towards zero, then one minor unit each by largest fraction; equal fractions in the given order. The mirror amount splits into the mirror parts.</summary>
    /// <exception cref="ArgumentException">No weight is positive, or one is negative.</exception>
    public static IReadOnlyList<Money> Allocate(Money amount, IReadOnlyList<int> weights)
    {
        var total = weights.Sum(weight => (long)weight);
        if (total <= 0 || weights.Any(weight => weight < 0)) { throw new ArgumentException("Weights are positive and at least one is not zero.", nameof(weights)); }

        var magnitude = Int128.Abs(amount.MinorUnits);
        var parts = weights.Select((weight, index) => (Floor: (long)(magnitude * weight / total), Fraction: (long)(magnitude * weight % total), Index: index)).ToArray();
        var rest = (int)(magnitude - parts.Aggregate(Int128.Zero, (sum, part) => sum + part.Floor));
        var lifted = parts.OrderByDescending(part => part.Fraction).ThenBy(part => part.Index).Take(rest).Select(part => part.Index).ToHashSet();
        var sign = amount.IsNegative ? -1 : 1;
        return [.. parts.Select(part => new Money(sign * (part.Floor + (lifted.Contains(part.Index) ? 1 : 0)), amount.Currency))];
    }

    /// <summary>Reads a plain decimal (<c>19.99</c>, invariant culture) as an amount. False when it has more decimals than the currency, is not a number, or does not fit.</summary>
    public static bool TryParse(string text, string currency, out Money amount)
    {
        amount = default;
        if (!Currencies.IsKnown(currency)
            || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) { return false; }

        return TryFromDecimal(value, currency, out amount);
    }

    /// <summary>A decimal in major units as an exact amount. False when it has more decimals than the currency or does not fit.</summary>
    public static bool TryFromDecimal(decimal value, string currency, out Money amount)
    {
        amount = default;
        var scale = Currencies.Scale(currency);
        if (Math.Abs(value) >= long.MaxValue / scale) { return false; }

        var minor = value * scale;
        if (minor != decimal.Truncate(minor)) { return false; }

        amount = new((long)minor, currency);
        return true;
    }

    private static long RoundHalfEven(Int128 numerator, long denominator)
    {
        var negative = numerator < 0;
        var magnitude = Int128.Abs(numerator);
        var (quotient, remainder) = Int128.DivRem(magnitude, denominator);
        var twice = remainder * 2;
        if (twice > denominator || (twice == denominator && Int128.IsOddInteger(quotient))) { quotient++; }

        return checked((long)(negative ? -quotient : quotient));
    }
}
