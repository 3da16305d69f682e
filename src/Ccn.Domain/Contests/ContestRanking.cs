using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Domain.Contests;

/// <summary>An entry with the scores (1 to 5) of its valid ballots, one per member.</summary>
public sealed record ScoredEntry(string DesignId, DateTimeOffset EnteredAt, IReadOnlyList<int> Scores);

/// <summary>An entry's place and the figures that gave it.</summary>
public sealed record RankedEntry(int Rank, string DesignId, int Ballots, double Score, string Reason);

/// <summary>Ranks a contest by the Bayesian mean (C·m + Σ) / (C + n): m is the mean of all ballots of the contest, C the median number of ballots per entry (at least 1),
/// so that few enthusiastic ballots do not beat many good ones. Ties: more voters, higher median, earlier entry, then a draw. Never whoever the database returns first.</summary>
public static class ContestRanking
{
    /// <param name="seed">Decides ties that nothing else does: it was fixed, and its hash on record, before the contest opened, so nobody could choose an id that wins.</param>
    public static IReadOnlyList<RankedEntry> Rank(IReadOnlyCollection<ScoredEntry> entries, string seed)
    {
        if (entries.Count == 0) { return []; }

        var ballots = entries.Sum(entry => entry.Scores.Count);
        var mean = ballots == 0 ? 0 : entries.Sum(entry => entry.Scores.Sum()) / (double)ballots;
        var prior = Math.Max(1, Median([.. entries.Select(entry => entry.Scores.Count)]));
        var places = entries
            .Select(entry => (Place: new Place(entry.Scores.Count == 0 ? 0 : ((prior * mean) + entry.Scores.Sum()) / (prior + entry.Scores.Count), entry.Scores.Count, Median(entry.Scores), entry.EnteredAt), Entry: entry))
            .OrderByDescending(scored => scored.Place.Score)
            .ThenByDescending(scored => scored.Place.Voters)
            .ThenByDescending(scored => scored.Place.Median)
            .ThenBy(scored => scored.Place.EnteredAt)
            .ThenBy(scored => Draw(seed, scored.Entry.DesignId), StringComparer.Ordinal)
            .ToList();
        var tied = places.GroupBy(scored => scored.Place).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return [.. places.Select((scored, index) => new RankedEntry(index + 1, scored.Entry.DesignId, scored.Place.Voters, scored.Place.Score,
            Reason(scored.Entry, scored.Place.Score, prior, mean) + (tied.Contains(scored.Place) ? $"; tie, drawn with the seed {seed}" : "")))];
    }

    /// <summary>An entry's lot: SHA-256 (hex) of <c>seed:designId</c>. The smallest is drawn first.</summary>
    public static string Draw(string seed, string designId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{designId}")));

    private static string Reason(ScoredEntry entry, double score, double prior, double mean) => entry.Scores.Count == 0
        ? "no ballots"
        : string.Create(CultureInfo.InvariantCulture, $"({prior:0.#} x {mean:0.000} + {entry.Scores.Sum()}) / ({prior:0.#} + {entry.Scores.Count}) = {score:0.0000}");

    private static double Median(IReadOnlyList<int> values)
    {
        if (values.Count == 0) { return 0; }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /// <summary>What decides before the draw.</summary>
    private sealed record Place(double Score, int Voters, double Median, DateTimeOffset EnteredAt);
}
