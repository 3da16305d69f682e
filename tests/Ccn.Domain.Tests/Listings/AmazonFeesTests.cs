using Ccn.Domain.Listings;

namespace Ccn.Domain.Tests.Listings;

public sealed class AmazonFeesTests
{
    [Theory]
    [InlineData("home-kitchen", 25_00, 3_75)]
    [InlineData("home-kitchen", 1_00, 30)]         // never below the minimum
    [InlineData("clothing", 15_00, 75)]            // the whole price takes the rate of its band
    [InlineData("clothing", 15_01, 1_50)]
    [InlineData("clothing", 20_00, 2_00)]
    [InlineData("clothing", 20_01, 3_40)]
    [InlineData("jewelry", 250_00, 50_00)]         // each portion takes its own rate
    [InlineData("jewelry", 350_00, 55_00)]
    public void Referral_fee(string category, long price, long fee) => Assert.Equal(Usd(fee), AmazonFees.Referral(AmazonFees.Categories.Single(found => found.Id == category), Usd(price)));

    [Theory]
    [InlineData(9_99, 3_50)]                       // 3.38 and 3.5 %
    [InlineData(10_00, 4_35)]
    [InlineData(25_00, 4_35)]                      // 4.20 and 0.147
    [InlineData(50_00, 4_35)]
    [InlineData(50_01, 4_62)]
    public void Fulfilment_fee_follows_the_price_and_carries_the_surcharge(long price, long fee) => Assert.Equal(Usd(fee), AmazonFees.Fulfilment(AmazonFees.Sizes.Single(size => size.Id == "large-12oz"), Usd(price)));

    private static Money Usd(long cents) => new(cents, AmazonFees.Currency);
}
