using Ccn.Domain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Ccn.Domain.Tests;

public sealed class MoneyTests
{
    [Property]
    public bool Parts_always_add_up_to_the_whole_and_mirror(long minorUnits, NonEmptyArray<byte> weights)
    {
        var amount = new Money(minorUnits / 2, "USD");
        int[] shares = [.. weights.Get.Select(weight => (int)weight), 1];
        var parts = MoneyMath.Allocate(amount, shares);
        var mirrored = MoneyMath.Allocate(-amount, shares);
        return Money.Sum(parts, "USD") == amount && parts.Zip(mirrored).All(pair => pair.First == -pair.Second);
    }

    [Property]
    public bool No_part_is_more_than_one_minor_unit_from_its_exact_share(int minorUnits, NonEmptyArray<byte> weights)
    {
        int[] shares = [.. weights.Get.Select(weight => (int)weight), 1];
        var total = shares.Sum();
        return MoneyMath.Allocate(new Money(minorUnits, "JPY"), shares)
            .Zip(shares)
            .All(pair => Math.Abs(pair.First.MinorUnits - ((decimal)minorUnits * pair.Second / total)) < 1m);
    }

    [Property]
    public bool A_share_is_within_half_a_minor_unit_and_symmetric(int minorUnits, ushort basisPoints)
    {
        var amount = new Money(minorUnits, "USD");
        var share = MoneyMath.Share(amount, basisPoints);
        return Math.Abs(share.MinorUnits - (minorUnits * (decimal)basisPoints / 10_000m)) <= 0.5m && MoneyMath.Share(-amount, basisPoints) == -share;
    }

    // Case c012: exact half cents go to the even cent, so a sale and its refund cancel.
    [Theory]
    [InlineData(845, 84)]
    [InlineData(855, 86)]
    [InlineData(865, 86)]
    [InlineData(875, 88)]
    [InlineData(-865, -86)]
    public void Half_cents_go_to_the_even_cent(long price, long royalty) => Assert.Equal(royalty, MoneyMath.Share(new(price, "USD"), 1_000).MinorUnits);

    // Case c010.
    [Theory]
    [InlineData(100, new[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(1, new[] { 1, 1, 1 }, new long[] { 1, 0, 0 })]
    [InlineData(-100, new[] { 1, 1, 1 }, new long[] { -34, -33, -33 })]
    [InlineData(100, new[] { 3333, 3333, 3334 }, new long[] { 33, 33, 34 })]
    [InlineData(10_000, new[] { 5000, 3000, 2000 }, new long[] { 5000, 3000, 2000 })]
    [InlineData(5, new[] { 5000, 5000 }, new long[] { 3, 2 })]
    public void The_odd_cent_goes_by_largest_fraction_then_fixed_order(long amount, int[] weights, long[] parts) =>
        Assert.Equal(parts, MoneyMath.Allocate(new(amount, "USD"), weights).Select(part => part.MinorUnits));

    [Fact]
    public void A_quarter_percent_of_a_cent_amount_rounds_once() => Assert.Equal(25, MoneyMath.Share(new(999, "USD"), 250).MinorUnits);

    [Theory]
    [InlineData("19.99", "USD", 1999)]
    [InlineData("-0.01", "USD", -1)]
    [InlineData("1234", "JPY", 1234)]
    [InlineData("1.234", "KWD", 1234)]
    public void Plain_decimals_are_read_exactly(string text, string currency, long minorUnits)
    {
        Assert.True(MoneyMath.TryParse(text, currency, out var amount));
        Assert.Equal(new Money(minorUnits, currency), amount);
    }

    [Theory]
    [InlineData("19.999", "USD")]
    [InlineData("1.5", "JPY")]
    [InlineData("1,50", "EUR")]
    [InlineData("1e3", "USD")]
    [InlineData("999999999999999999", "USD")]
    [InlineData("1.00", "XXX")]
    [InlineData("", "USD")]
    public void Too_many_decimals_and_other_notations_are_refused(string text, string currency) => Assert.False(MoneyMath.TryParse(text, currency, out _));

    [Fact]
    public void Currencies_are_never_mixed() => Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(1, "EUR"));

    [Fact]
    public void Overflow_is_an_error_and_never_wraps() => Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "USD") + new Money(1, "USD"));

    [Fact]
    public void Amounts_print_alike_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new("de-DE");
        try { Assert.Equal("-19.99 USD", new Money(-1999, "USD").ToString()); }
        finally { Thread.CurrentThread.CurrentCulture = before; }
    }

    [Fact]
    public void Weights_without_a_share_are_refused() => Assert.Throws<ArgumentException>(() => MoneyMath.Allocate(new(1, "USD"), [0, 0]));
}
