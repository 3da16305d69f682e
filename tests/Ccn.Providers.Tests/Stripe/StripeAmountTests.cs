using Ccn.Domain;
using Ccn.Providers.Stripe;
using Stripe;

namespace Ccn.Providers.Tests.Stripe;

public sealed class StripeAmountTests
{
    [Theory]
    [InlineData("HUF", 123_456, 123_400, 56)]
    [InlineData("TWD", 80_045, 80_000, 45)]
    [InlineData("JPY", 1_234, 1_234, 0)]
    [InlineData("KWD", 1_234, 1_230, 4)]
    [InlineData("USD", 1_234, 1_234, 0)]
    [InlineData("HUF", 99, 0, 99)]
    [InlineData("ISK", 1_234, 1_234, 0)]
    public void A_payout_sends_what_the_provider_takes_and_carries_the_rest(string currency, long balance, long send, long carry) =>
        Assert.Equal((new Money(send, currency), new Money(carry, currency)), StripeAmount.SplitPayout(new Money(balance, currency)));

    [Theory]
    [InlineData("USD", 1_999, 1_999)]
    [InlineData("JPY", 1_999, 1_999)]
    [InlineData("KWD", 1_230, 1_230)]
    [InlineData("ISK", 500, 50_000)]
    [InlineData("UGX", 500, 50_000)]
    [InlineData("HUF", 123_456, 123_456)]
    public void Amounts_are_in_stripes_smallest_unit_and_come_back_the_same(string currency, long minor, long amount)
    {
        Assert.Equal(amount, StripeAmount.From(new Money(minor, currency)));
        Assert.Equal(new Money(minor, currency), StripeAmount.ToMoney(amount, currency.ToLowerInvariant()));
    }

    [Fact]
    public void A_third_decimal_that_stripe_does_not_take_is_not_rounded() => Assert.Throws<ArgumentException>(() => StripeAmount.From(new Money(1_234, "KWD")));

    [Theory]
    [InlineData(50_001, "isk")]
    [InlineData(1, "xxx")]
    public void An_answer_that_does_not_fit_the_currency_is_a_broken_contract(long amount, string currency) =>
        Assert.Equal(ProviderFailure.Contract, Assert.Throws<ProviderException>(() => StripeAmount.ToMoney(amount, currency)).Kind);

    [Fact]
    public void A_reversal_takes_the_transfers_own_currency_and_amount()
    {
        var transfer = new Transfer { Amount = 366, Currency = "eur", AmountReversed = 0 };   // booked as USD 4.16
        Assert.Equal(new Money(366, "EUR"), StripeAmount.Reversible(transfer));
        transfer.AmountReversed = 366;
        Assert.Equal(Money.Zero("EUR"), StripeAmount.Reversible(transfer));
    }
}
