using Ccn.Domain.Listings;

namespace Ccn.Domain.Tests.Listings;

public sealed class AmazonFeeQuoteTests
{
    private static readonly ReferralCategory Kitchen = AmazonFees.Categories.Single(category => category.Id == "home-kitchen");

    [Fact]
    public void The_preset_names_category_and_size_and_says_that_nobody_was_asked()
    {
        var size = AmazonFees.Sizes.Single(found => found.Id == "large-12oz");
        var quote = AmazonFeeQuote.Preset(Kitchen, size, Usd(25_00));
        Assert.Null(quote.Estimate);
        Assert.Equal([new("Amazon referral fee", Kitchen.Name, Usd(3_75)), new("Amazon fulfilment", size.Name, Usd(4_35))], quote.Lines);
        Assert.Equal(Usd(8_10), quote.Total);
        Assert.Equal(Usd(3_75), AmazonFeeQuote.Preset(Kitchen, null, Usd(25_00)).Total);
    }

    [Fact]
    public void An_estimate_keeps_Amazons_names_and_leaves_out_what_costs_nothing()
    {
        var quote = AmazonFeeQuote.Of(Estimate(8_10, new("ReferralFee", Usd(3_75)), new("VariableClosingFee", Usd(0)), new("FBAFees", Usd(4_35))));
        Assert.Equal(["ReferralFee", "FBAFees"], quote.Lines.Select(line => line.Name));
        Assert.Equal((Usd(8_10), "B0CCN00001"), (quote.Total, quote.Estimate!.Asin));
    }

    [Theory]
    [InlineData(8_60, 50)]
    [InlineData(8_00, -10)]
    public void What_Amazon_adds_without_a_name_is_a_line_so_that_the_lines_are_the_total(long total, long unnamed)
    {
        var quote = AmazonFeeQuote.Of(Estimate(total, new("ReferralFee", Usd(3_75)), new("FBAFees", Usd(4_35))));
        Assert.Equal(new FeeLine("Other fees", "Amazon's estimate", Usd(unnamed)), quote.Lines[^1]);
        Assert.Equal(quote.Total, Money.Sum(quote.Lines.Select(line => line.Amount), AmazonFees.Currency));
    }

    private static AmazonFeeEstimate Estimate(long total, params IReadOnlyList<AmazonFee> fees) => new("B0CCN00001", Usd(25_00), true, Usd(total), fees, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static Money Usd(long cents) => new(cents, AmazonFees.Currency);
}
