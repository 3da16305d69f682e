using Ccn.Domain;
using Stripe;

namespace Ccn.Providers.Stripe;

/// <summary>
/// Amounts in Stripe's smallest units, which differ from ISO 4217 for some currencies: ISK and UGX are sent with two decimals that must
/// be 00, three-decimal currencies must end in 0, and payouts of HUF and TWD must be whole.
/// </summary>
public static class StripeAmount
{
    /// <summary>The amount for a request's <c>amount</c>.</summary>
    /// <exception cref="ArgumentException">Stripe cannot express it: use <see cref="SplitPayout"/>'s part, or refuse the amount earlier.</exception>
    public static long From(Money money)
    {
        var amount = Scaled(money);
        return amount % ChargeStep(money.Currency) == 0 ? amount : throw new ArgumentException($"Stripe cannot express {money}.", nameof(money));
    }

    /// <summary>An amount of an answer in our own form.</summary>
    /// <exception cref="ProviderException">A contract failure: an unknown currency, or more decimals than it has.</exception>
    public static Money ToMoney(long amount, string currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var code = currency.ToUpperInvariant();
        if (Currencies.IsKnown(code))
        {
            var minor = amount * Currencies.Scale(code) / StripeScale(code);
            if (decimal.IsInteger(minor)) { return new(decimal.ToInt64(minor), code); }
        }

        throw new ProviderException(ProviderNames.Stripe, ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, $"{amount} is not an amount of {code}.");
    }

    /// <summary>
    /// The part of a balance that can be paid out, and the rest, which stays owed to the payee. They add up to the balance; nothing is
    /// sent of a balance below the smallest step.
    /// </summary>
    public static (Money Send, Money Carry) SplitPayout(Money balance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(balance.MinorUnits, nameof(balance));
        var amount = Scaled(balance);
        var send = ToMoney(amount - (amount % PayoutStep(balance.Currency)), balance.Currency);
        return (send, balance - send);
    }

    /// <summary>
    /// What is left of a transfer to take back, in the transfer's own currency. Never the amount booked in the platform's currency: the
    /// difference of rates belongs to the exchange account, not to the payee.
    /// </summary>
    public static Money Reversible(Transfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return ToMoney(transfer.Amount - transfer.AmountReversed, transfer.Currency);
    }

    private static long Scaled(Money money)
    {
        var amount = money.MinorUnits * StripeScale(money.Currency) / Currencies.Scale(money.Currency);
        return decimal.IsInteger(amount) ? decimal.ToInt64(amount) : throw new ArgumentException($"Stripe cannot express {money}.", nameof(money));
    }

    private static decimal StripeScale(string currency) => currency switch
    {
        "ISK" or "UGX" => 100m,   // without minor units in ISO 4217, kept at two decimals by Stripe for old callers
        _ => Currencies.Scale(currency),
    };

    private static long ChargeStep(string currency) => currency switch
    {
        "BHD" or "JOD" or "KWD" or "OMR" or "TND" => 10,
        "ISK" or "UGX" => 100,
        _ => 1,
    };

    private static long PayoutStep(string currency) => currency is "HUF" or "TWD" ? 100 : ChargeStep(currency);
}
