using Ccn.Domain.Production;

namespace Ccn.Domain.Tests.Production;

public sealed class AqlPlansTests
{
    // ISO 2859-1, level II, normal inspection.
    [Theory]
    [InlineData(151, 32, 2, 3)]
    [InlineData(280, 32, 2, 3)]
    [InlineData(281, 50, 3, 5)]
    [InlineData(500, 50, 3, 5)]
    [InlineData(501, 80, 5, 7)]
    [InlineData(1_200, 80, 5, 7)]
    [InlineData(3_200, 125, 7, 10)]
    [InlineData(10_000, 200, 10, 14)]
    [InlineData(3, 3, 0, 0)]
    public void The_plan_follows_the_standard(int lot, int sample, int major, int minor) => Assert.Equal(new SamplingPlan(sample, 0, major, minor), AqlPlans.Normal(lot, 2.5m, 4.0m));

    [Theory]
    [InlineData(0, 3, 5, true)]
    [InlineData(0, 4, 0, false)]
    [InlineData(0, 0, 6, false)]
    [InlineData(1, 0, 0, false)]
    public void A_lot_of_500_passes_with_at_most_three_major(int critical, int major, int minor, bool passes) =>
        Assert.Equal(passes, AqlPlans.Passes(AqlPlans.Normal(500, 2.5m, 4.0m), new(500, 50, critical, major, minor)));

    [Fact]
    public void An_empty_lot_has_no_plan() => Assert.Throws<ArgumentOutOfRangeException>(() => AqlPlans.Normal(0, 2.5m, 4.0m));

    [Fact]
    public void Receipts_tell_short_over_and_sellable_units()
    {
        Assert.Equal((12, 0, 485), (new Receipt(500, 488, 3).Short, new Receipt(500, 488, 3).Over, new Receipt(500, 488, 3).Sellable));
        Assert.Equal((0, 10), (new Receipt(500, 510, 0).Short, new Receipt(500, 510, 0).Over));
    }
}
