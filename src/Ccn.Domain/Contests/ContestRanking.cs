namespace Ccn.Domain.Contests;

/// <summary>An entry with the scores (1 to 5) of its valid ballots, one per member.</summary>
public sealed record ScoredEntry(string DesignId, DateTimeOffset EnteredAt, IReadOnlyList<int> Scores);

/// <summary>An entry's place and the figures that gave it.</summary>
public sealed record RankedEntry(int Rank, string DesignId, int Ballots, double Score, string Reason);

/// <summary>Ranks a contest by the Bayesian mean (C·m + Σ) / (C + n): m is the mean of all ballots of the contest, C the median number of ballots per entry (at least 1),
/// so that few enthusiastic ballots do not beat many good ones. Ties: more voters, higher median, earlier entry, id. Never whoever the database returns first.</summary>
public static class ContestRanking
{
    public static IReadOnlyList<RankedEntry> Rank(IReadOnlyCollection<ScoredEntry> entries)
    {
        if (entries.Count == 0) { return []; }

        var ballots = entries.Sum(entry => entry.Scores.Count);
        var mean = ballots == 0 ? 0 : entries.Sum(entry => entry.Scores.Sum()) / (double)ballots;
        var prior = Math.Max(1, Median([.. entries.Select(entry => entry.Scores.Count)]));
        return [.. entries
            .Select(entry => (Entry: entry, Score: entry.Scores.Count == 0 ? 0 : ((prior * mean) + entry.Scores.Sum()) / (prior + entry.Scores.Count)))
            .OrderByDescending(scored => scored.Score)
            .ThenByDescending(scored => scored.Entry.Scores.Count)
            .ThenByDescending(scored => Median(scored.Entry.Scores))
            .ThenBy(scored => scored.Entry.EnteredAt)
            .ThenBy(scored => scored.Entry.DesignId, StringComparer.Ordinal)
            .Select((scored, index) => new RankedEntry(index + 1, scored.Entry.DesignId, scored.Entry.Scores.Count, scored.Score, Reason(scored.Entry, scored.Score, prior, mean)))];
    }

    private static string Reason(ScoredEntry entry, double score, double prior, double mean) => entry.Scores.Count == 0
        ? "no ballots"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({prior:0.#} x {mean:0.000} + {entry.Scores.Sum()}) / ({prior:0.#} + {entry.Scores.Count}) = {score:0.0000}");

    private static double Median(IReadOnlyList<int> values)
    {
        if (values.Count == 0) { return 0; }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}
