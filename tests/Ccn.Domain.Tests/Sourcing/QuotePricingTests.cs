using Ccn.Domain.Sourcing;

namespace Ccn.Domain.Tests.Sourcing;

public sealed class QuotePricingTests
{
    private static readonly Quote Breaks = new("qte_1", "sup_1", [new(100, Usd(420)), new(500, Usd(360)), new(1_000, Usd(310))], 100, Usd(0), 30, "FOB", DateTimeOffset.MaxValue);

    // Case c049.
    [Theory]
    [InlineData(100, 420, 42_000)]
    [InlineData(499, 420, 209_580)]
    [InlineData(500, 360, 180_000)]
    [InlineData(999, 360, 359_640)]
    [InlineData(1_000, 310, 310_000)]
    public void The_largest_break_that_is_reached_gives_the_price(int quantity, long unit, long total)
    {
        Assert.Equal(Usd(unit), QuotePricing.UnitPrice(Breaks, quantity));
        Assert.Equal(Usd(total), QuotePricing.Total(Usd(unit), quantity, Breaks.Tooling));
    }

    // Case c049: not orderable, never zero and never the price of the first break.
    [Theory]
    [InlineData(60, 100)]
    [InlineData(99, 1)]
    [InlineData(150, 200)]
    public void Below_the_first_break_or_the_minimum_there_is_no_price(int quantity, int minimum) =>
        Assert.Null(QuotePricing.UnitPrice(Breaks with { MinimumOrderQuantity = minimum }, quantity));

    private static Money Usd(long minor) => new(minor, "USD");
}
