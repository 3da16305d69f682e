using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Listings;

namespace Ccn.Domain.Tests.Bids;

public sealed class ProfitEstimateTests
{
    [Fact]
    public void A_plan_is_counted_to_the_cent()
    {
        // 25.00 - 3.75 referral - 4.35 fulfilment - 2.00 royalty brings 14.90 a sale; 500 units cost 5.30 each and 400.00 of tooling.
        var estimate = ProfitEstimate.Of(Plan(rate: 800));
        Assert.Equal((Usd(2_00), Usd(1_000_00)), (estimate.Royalty, estimate.RoyaltyOfRun));
        Assert.Equal((Usd(3_050_00), Usd(4_400_00), Usd(8_80)), (estimate.Outlay, estimate.ProfitOfRun, estimate.ProfitPerUnit));
        Assert.Equal(3_520, estimate.MarginBasisPoints);
    }

    [Fact]
    public void Break_even_is_the_first_unit_at_which_the_outlay_is_back()
    {
        var estimate = ProfitEstimate.Of(Plan(rate: 800));
        var sale = Usd(14_90);
        Assert.Equal(205, estimate.BreakEvenUnits);
        Assert.True((sale * 205) - estimate.Outlay >= Usd(0) && (sale * 204) - estimate.Outlay < Usd(0));
    }

    [Fact]
    public void A_run_that_never_gets_there_has_no_break_even()
    {
        Assert.Null(ProfitEstimate.Of(Plan(rate: 9_000)).BreakEvenUnits);
        Assert.Null(ProfitEstimate.Of(Plan(rate: 800, tooling: 100_000_00)).BreakEvenUnits);
    }

    [Fact]
    public void A_plan_is_counted_by_the_fees_that_it_is_given()
    {
        var asked = new AmazonFeeEstimate("B0CCN00001", Usd(25_00), true, Usd(9_00), [new("ReferralFee", Usd(4_00)), new("FBAFees", Usd(5_00))], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        var (preset, estimated) = (ProfitEstimate.Of(Plan(rate: 800)), ProfitEstimate.Of(Plan(rate: 800) with { Fees = AmazonFeeQuote.Of(asked) }));
        Assert.Equal(preset.ProfitOfRun - (Usd(9_00 - 8_10) * 500), estimated.ProfitOfRun);
        Assert.Equal(preset.Outlay, estimated.Outlay);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public void The_curve_runs_from_the_outlay_to_the_profit_of_the_run(int units)
    {
        var estimate = ProfitEstimate.Of(Plan(rate: 800, units: units));
        Assert.Equal(new ProfitPoint(0, -estimate.Outlay), estimate.Curve[0]);
        Assert.Equal(new ProfitPoint(units, estimate.ProfitOfRun), estimate.Curve[^1]);
        Assert.Equal(estimate.Curve.Count, estimate.Curve.Select(point => point.Units).Distinct().Count());
    }

    private static ProfitPlan Plan(int rate, int units = 500, long tooling = 400_00) => new(
        new(RoyaltyMode.Percent, rate, null, Usd(25_00), units, true, 24, null), Usd(4_10), Usd(1_20), Usd(tooling),
        AmazonFeeQuote.Preset(AmazonFees.Categories.Single(category => category.Id == "home-kitchen"), AmazonFees.Sizes.Single(size => size.Id == "large-12oz"), Usd(25_00)));

    private static Money Usd(long cents) => new(cents, AmazonFees.Currency);
}
