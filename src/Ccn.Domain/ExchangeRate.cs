namespace Ccn.Domain;

/// <summary>What one unit of a currency is worth in another, on a day, by a source. For comparing only: money that is owed stays in its own currency.</summary>
/// <param name="Rate">Units of <paramref name="Into"/> for one unit of <paramref name="Currency"/>, both in major units.</param>
/// <param name="Source">Who says so, in words for people.</param>
public sealed record ExchangeRate(string Currency, string Into, decimal Rate, DateOnly Date, string Source)
{
    /// <summary>The amount in the other currency, rounded half to even to its minor unit. Convert each amount that is shown, never the parts of a sum: 500 × 26.00 at 0.1379 is 1792.70, not 500 × 3.59.</summary>
    /// <exception cref="ArgumentException">The amount is in another currency.</exception>
    public Money Convert(Money amount) => amount.Currency == Currency
        ? new((long)Math.Round(amount.ToDecimal() * Rate * Currencies.Scale(Into), 0, MidpointRounding.ToEven), Into)
        : throw new ArgumentException($"The rate is of {Currency}, the amount in {amount.Currency}.", nameof(amount));
}
