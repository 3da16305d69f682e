using Ccn.Domain.Contests;

namespace Ccn.Domain.Tests.Contests;

public sealed class ContestRankingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_enthusiast_does_not_beat_many_good_ballots() =>
        Assert.Equal("many", ContestRanking.Rank([Entry("one", 5), Entry("many", [.. Enumerable.Repeat(5, 30), 4, 4]), Entry("rest", [.. Enumerable.Repeat(3, 30)])])[0].DesignId);

    [Fact]
    public void Entries_without_ballots_come_last_with_the_reason() =>
        Assert.Equal(("none", "no ballots"), (ContestRanking.Rank([Entry("none"), Entry("some", 1)])[1].DesignId, ContestRanking.Rank([Entry("none"), Entry("some", 1)])[1].Reason));

    [Fact]
    public void Ties_end_in_the_earlier_entry_then_the_id() => Assert.Equal(["early", "a", "b"],
        ContestRanking.Rank([Entry("b", 4, 4), Entry("a", 4, 4), Entry("early", 4, 4) with { EnteredAt = Noon.AddHours(-1) }]).Select(entry => entry.DesignId));

    [Fact]
    public void The_score_can_be_redone_by_hand()
    {
        var first = ContestRanking.Rank([Entry("x", 5, 5), Entry("y", 1)])[0];
        Assert.Equal(((1.5 * 11 / 3.0) + 10) / 3.5, first.Score, 12);
        Assert.Equal("(1.5 x 3.667 + 10) / (1.5 + 2) = 4.4286", first.Reason);
    }

    // Case c056: the published rule decides, not the other one that people also know.
    [Fact]
    public void The_bayesian_mean_puts_b_before_a()
    {
        var ranked = ContestRanking.Rank([Entry("A", Scores(1, 8, 7, 1, 2)), Entry("B", Scores(6, 3, 4, 4, 2))]);
        Assert.Equal(["B 3.3421", "A 3.2895"], ranked.Select(entry => FormattableString.Invariant($"{entry.DesignId} {entry.Score:0.0000}")));

        static int[] Scores(params int[] counts) => [.. counts.SelectMany((count, index) => Enumerable.Repeat(5 - index, count))];
    }

    [Fact]
    public void No_entries_no_ranking() => Assert.Empty(ContestRanking.Rank([]));

    private static ScoredEntry Entry(string id, params int[] scores) => new(id, Noon, scores);
}
