using Ccn.Domain;
using Ccn.Providers.PayPal;

namespace Ccn.Providers.Tests.PayPal;

public sealed class PayPalAmountTests
{
    [Theory]
    [InlineData(10_000, "JPY", "10000")]
    [InlineData(500_000, "HUF", "5000")]
    [InlineData(80_000, "TWD", "800")]
    [InlineData(987, "USD", "9.87")]
    [InlineData(1_000, "EUR", "10.00")]
    [InlineData(5, "EUR", "0.05")]
    public void Amounts_have_the_decimals_that_paypal_takes(long minor, string currency, string value)
    {
        var amount = PayPalAmount.From(new Money(minor, currency));
        Assert.Equal(new PayPalAmount(currency, value), amount);
        Assert.Equal(new Money(minor, currency), amount.ToMoney());   // read back and compared before a payout counts as sent
    }

    [Theory]
    [InlineData(123_456, "HUF", 123_400, 56)]
    [InlineData(80_045, "TWD", 80_000, 45)]
    [InlineData(1_234, "JPY", 1_234, 0)]
    [InlineData(99, "HUF", 0, 99)]
    [InlineData(1_234, "USD", 1_234, 0)]
    public void What_cannot_be_paid_is_carried_and_never_lost(long balance, string currency, long send, long carry) =>
        Assert.Equal((new Money(send, currency), new Money(carry, currency)), PayPalAmount.Split(new Money(balance, currency)));

    [Fact]
    public void Decimals_that_paypal_does_not_take_are_not_cut_silently() =>
        Assert.Throws<ArgumentException>(() => PayPalAmount.From(new Money(123_456, "HUF")));

    [Fact]
    public void An_amount_off_by_a_hundred_is_noticed_when_read_back() =>
        Assert.NotEqual(new Money(10_000, "JPY"), new PayPalAmount("JPY", "100").ToMoney());
}
