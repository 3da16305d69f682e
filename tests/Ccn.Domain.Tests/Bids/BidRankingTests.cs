using Ccn.Domain.Bids;
using Ccn.Domain.Licences;

namespace Ccn.Domain.Tests.Bids;

public sealed class BidRankingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_percent_beats_eight_on_the_same_run() => Assert.Equal(["b10", "b8"], Ranked(Percent("b8", 800), Percent("b10", 1_000)));

    [Fact]
    public void A_small_run_at_a_high_rate_may_be_worth_less() => Assert.Equal(["big", "small"], Ranked(Percent("small", 1_200, units: 100), Percent("big", 800, units: 1_000)));

    [Fact]
    public void Percent_and_per_unit_compare_on_the_same_base() =>
        Assert.Equal(["unit", "percent"], Ranked(Percent("percent", 1_000), new("unit", Noon, new(RoyaltyMode.PerUnit, 0, new Money(201, "USD"), new(2_000, "USD"), 500, true, 24, null))));

    [Fact]
    public void Equal_bids_go_to_the_first_lodged_then_the_id() => Assert.Equal(["a", "b", "c"], Ranked(Percent("c", 1_000, minute: 1), Percent("b", 1_000), Percent("a", 1_000)));

    private static IEnumerable<string> Ranked(params LodgedBid[] bids) => BidRanking.Rank(bids).Select(bid => bid.BidId);

    private static LodgedBid Percent(string id, int rate, int units = 500, int minute = 0) =>
        new(id, Noon.AddMinutes(minute), new(RoyaltyMode.Percent, rate, null, new(2_000, "USD"), units, true, 24, null));
}
