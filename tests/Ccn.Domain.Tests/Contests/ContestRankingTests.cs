using Ccn.Domain.Contests;

namespace Ccn.Domain.Tests.Contests;

public sealed class ContestRankingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_enthusiast_does_not_beat_many_good_ballots() =>
        Assert.Equal("many", ContestRanking.Rank([Entry("one", 5), Entry("many", [.. Enumerable.Repeat(5, 30), 4, 4]), Entry("rest", [.. Enumerable.Repeat(3, 30)])], "seed")[0].DesignId);

    [Fact]
    public void Entries_without_ballots_come_last_with_the_reason() =>
        Assert.Equal(("none", "no ballots"), (ContestRanking.Rank([Entry("none"), Entry("some", 1)], "seed")[1].DesignId, ContestRanking.Rank([Entry("none"), Entry("some", 1)], "seed")[1].Reason));

    [Fact]
    public void Ties_go_to_the_earlier_entry() =>
        Assert.Equal("early", ContestRanking.Rank([Entry("b", 4, 4), Entry("a", 4, 4), Entry("early", 4, 4) with { EnteredAt = Noon.AddHours(-1) }], "seed")[0].DesignId);

    // Case c057: the seed that was committed before the opening draws, never the order of the database or an id that a creator chose; and the result says so.
    [Fact]
    public void What_nothing_else_decides_is_drawn_by_the_seed_the_same_every_time()
    {
        var expected = new[] { "a", "b" }.OrderBy(id => ContestRanking.Draw("committed", id), StringComparer.Ordinal).ToList();
        foreach (var turn in Enumerable.Range(0, 10))
        {
            ScoredEntry[] entries = turn % 2 == 0 ? [Entry("a", 4, 5), Entry("b", 5, 4)] : [Entry("b", 5, 4), Entry("a", 4, 5)];
            var ranked = ContestRanking.Rank(entries, "committed");
            Assert.Equal(expected, ranked.Select(entry => entry.DesignId));
            Assert.All(ranked, entry => Assert.EndsWith("; tie, drawn with the seed committed", entry.Reason, StringComparison.Ordinal));
        }

        var winners = Enumerable.Range(0, 20).Select(seed => ContestRanking.Rank([Entry("a", 4), Entry("b", 4)], $"{seed}")[0].DesignId);
        Assert.Equal(["a", "b"], winners.Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("drawn", ContestRanking.Rank([Entry("a", 4), Entry("b", 5)], "committed")[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_score_can_be_redone_by_hand()
    {
        var first = ContestRanking.Rank([Entry("x", 5, 5), Entry("y", 1)], "seed")[0];
        Assert.Equal(((1.5 * 11 / 3.0) + 10) / 3.5, first.Score, 12);
        Assert.Equal("(1.5 x 3.667 + 10) / (1.5 + 2) = 4.4286", first.Reason);
    }

    // Case c056: the published rule decides, not the other one that people also know.
    [Fact]
    public void The_bayesian_mean_puts_b_before_a()
    {
        var ranked = ContestRanking.Rank([Entry("A", Scores(1, 8, 7, 1, 2)), Entry("B", Scores(6, 3, 4, 4, 2))], "seed");
        Assert.Equal(["B 3.3421", "A 3.2895"], ranked.Select(entry => FormattableString.Invariant($"{entry.DesignId} {entry.Score:0.0000}")));

        static int[] Scores(params int[] counts) => [.. counts.SelectMany((count, index) => Enumerable.Repeat(5 - index, count))];
    }

    [Fact]
    public void No_entries_no_ranking() => Assert.Empty(ContestRanking.Rank([], "seed"));

    private static ScoredEntry Entry(string id, params int[] scores) => new(id, Noon, scores);
}
