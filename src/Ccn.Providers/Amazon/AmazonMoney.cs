using Ccn.Domain;
using Ccn.Providers.Http;

namespace Ccn.Providers.Amazon;

/// <summary>Money of the Orders (2026-01-01) and Listings APIs: the amount is a decimal string.</summary>
public sealed record AmazonMoney(string Amount, string CurrencyCode)
{
    /// <summary>The amount in our own form.</summary>
    /// <exception cref="ProviderException">A contract failure: not an amount of that currency.</exception>
    public Money ToMoney() => WireAmount.Read(ProviderNames.Amazon, Amount, CurrencyCode);
}

/// <summary>Money of the Finances API (2024-06-19): the amount is a JSON number.</summary>
public sealed record FinanceMoney(string CurrencyCode, decimal CurrencyAmount)
{
    /// <inheritdoc cref="AmazonMoney.ToMoney"/>
    public Money ToMoney() => WireAmount.Read(ProviderNames.Amazon, CurrencyAmount, CurrencyCode);
}

/// <summary>Money of the Product Fees API (v0): the amount is a JSON number, and names are in Pascal case.</summary>
public sealed record FeeMoney(string CurrencyCode, decimal Amount)
{
    /// <summary>Writes an amount.</summary>
    public static FeeMoney From(Money money) => new(money.Currency, money.ToDecimal());

    /// <inheritdoc cref="AmazonMoney.ToMoney"/>
    public Money ToMoney() => WireAmount.Read(ProviderNames.Amazon, Amount, CurrencyCode);
}
