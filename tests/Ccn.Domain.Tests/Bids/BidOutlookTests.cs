using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;

namespace Ccn.Domain.Tests.Bids;

public sealed class BidOutlookTests
{
    private static readonly RoyaltyRules Rules = StandardTemplates.OpenChallenge.Royalties;

    [Fact]
    public void All_bids_are_seen_over_half_once_and_twice_the_middle_run() =>
        Assert.Equal([(Demand.Low, 250), (Demand.Middle, 500), (Demand.High, 1_000)], BidOutlook.Scenarios([Percent(1_000, 9_000), Percent(1_000, 500), Percent(1_000, 100)]).Select(scenario => (scenario.Demand, scenario.Units)));

    [Fact]
    public void No_bids_no_scenarios() => Assert.Empty(BidOutlook.Scenarios([]));

    [Fact]
    public void Each_unit_is_rounded_as_its_own_order_line_and_the_fee_is_taken_once()
    {
        // 10 % of 24.99 is 2.499: 2.50 an order. 1,000 orders are 2,500.00, not 2,499.00, and the fee is a tenth of that.
        var forecast = BidOutlook.Forecast(Percent(1_000, 1_000) with { PlannedPrice = new(2_499, "USD") }, Rules, new(Demand.Middle, 1_000));
        Assert.Equal((new Money(2_499_000, "USD"), new Money(250_000, "USD"), new Money(25_000, "USD"), new Money(225_000, "USD")), (forecast.Sales, forecast.Royalty, forecast.Fee, forecast.Net));
    }

    [Fact]
    public void A_fee_per_unit_earns_the_same_at_every_price() =>
        Assert.Equal(new Money(1_800, "USD"), BidOutlook.Forecast(new(RoyaltyMode.PerUnit, 0, new Money(200, "USD"), new(9_999, "USD"), 1, false, 12, null), Rules, new(Demand.Low, 10)).Net);

    [Fact]
    public void The_goal_is_reached_with_exactly_these_units_and_not_with_one_less()
    {
        var (bid, goal) = (Percent(1_000, 500), new Money(1_000, "USD"));
        var units = BidOutlook.UnitsUntil(bid, Rules, goal);

        // 2.00 a unit, 10.00 after a fee of a tenth: six units earn 10.80, five 9.00.
        Assert.Equal(6, units);
        Assert.True(BidOutlook.Forecast(bid, Rules, new(Demand.Low, 5)).Net < goal);
    }

    [Fact]
    public void A_goal_out_of_reach_has_no_number() => Assert.Null(BidOutlook.UnitsUntil(Percent(1, 500) with { PlannedPrice = new(1, "USD") }, Rules, new Money(1_000, "USD")));

    [Fact]
    public void The_licence_that_a_bid_becomes_pays_the_creator_alone_at_the_rules_of_the_life_cycle()
    {
        var terms = BidLicence.Draft("lic_1", "dsg_1", "A lamp", "hash", "usr_c", "usr_s", Percent(1_250, 500), Rules);
        Assert.Equal([new RoyaltySplit("usr_c", 10_000)], terms.Splits);
        Assert.Equal((1_250, 1_000, "America/Los_Angeles", 24), (terms.RateBasisPoints, terms.PlatformFeeBasisPoints, terms.Zone, terms.TermMonths));
        Assert.StartsWith("4. Royalty. 12.5 % of the item price", LicenceText.Clause(terms, 4), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LicenceText.Clause(terms, 12));
    }

    private static BidTerms Percent(int rate, int units) => new(RoyaltyMode.Percent, rate, null, new(2_000, "USD"), units, true, 24, null);
}
