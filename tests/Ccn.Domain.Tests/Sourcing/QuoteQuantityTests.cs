using Ccn.Domain.Sourcing;

namespace Ccn.Domain.Tests.Sourcing;

/// <summary>Cases c049 and c052: quantities between price breaks, and offers in other currencies.</summary>
public sealed class QuoteQuantityTests
{
    private static readonly Quote Breaks = new("qte_1", "sup_1", [new(100, Usd(420)), new(500, Usd(360)), new(1_000, Usd(310))], 100, Usd(0), 30, "FOB", DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(60, null, null, null)]
    [InlineData(100, 420L, null, null)]
    [InlineData(499, 420L, 500, 180_000L)]
    [InlineData(500, 360L, null, null)]
    [InlineData(999, 360L, 1_000, 310_000L)]
    [InlineData(1_000, 310L, null, null)]
    public void A_quantity_has_the_price_of_the_break_it_reaches_and_says_when_more_would_cost_less(int asked, long? unit, int? cheaper, long? goods)
    {
        Assert.Equal(unit, QuotePricing.UnitPrice(Breaks, asked)?.MinorUnits);
        Assert.Equal((cheaper, goods), (QuotePricing.Cheaper(Breaks, asked)?.Quantity, QuotePricing.Cheaper(Breaks, asked)?.Goods.MinorUnits));
    }

    [Fact]
    public void The_smallest_quantity_is_named() => Assert.Equal(100, QuotePricing.Smallest(Breaks));

    [Theory]
    [InlineData("CNY", 2_600, "0.1379", 359, 179_270)]
    [InlineData("EUR", 330, "1.16", 383, 191_400)]
    [InlineData("CNY", 2_600, "0.1500", 390, 195_000)]
    [InlineData("JPY", 500, "0.0067", 335, 167_500)]
    public void A_price_is_converted_as_it_is_shown_and_a_sum_as_a_whole(string currency, long unit, string rate, long inUsd, long ofFiveHundred)
    {
        var dated = new ExchangeRate(currency, "USD", decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), new(2026, 3, 10), "a source");
        Assert.Equal(Usd(inUsd), dated.Convert(new(unit, currency)));
        Assert.Equal(Usd(ofFiveHundred), dated.Convert(new Money(unit, currency) * 500));
        Assert.Throws<ArgumentException>(() => dated.Convert(Usd(1)));
    }

    private static Money Usd(long minor) => new(minor, "USD");
}
