namespace Ccn.Benchmarks;

/// <summary>Values by metric and subject, one for each round.</summary>
internal sealed class Measures
{
    private readonly Dictionary<(string Metric, string Subject), List<double>> values = [];

    /// <summary>Metrics in the order in which they came.</summary>
    public IEnumerable<string> Metrics => values.Keys.Select(k => k.Metric).Distinct();

    /// <summary>Keeps a value of the present round.</summary>
    public void Add(string metric, string subject, double value)
    {
        if (!values.TryGetValue((metric, subject), out var rounds))
        {
            values[(metric, subject)] = rounds = [];
        }

        rounds.Add(value);
    }

    /// <summary>The subjects that have a metric.</summary>
    public IEnumerable<string> SubjectsOf(string metric) => values.Keys.Where(k => k.Metric == metric).Select(k => k.Subject);

    /// <summary>The values of a subject.</summary>
    public Spread Of(string metric, string subject) => Spread.Of(values[(metric, subject)]);

    /// <summary>The ratios of two subjects, each taken within one round; null where one of them was not measured.</summary>
    public Spread? Ratio(Goal goal) =>
        values.TryGetValue((goal.Metric, goal.Subject), out var candidate) && values.TryGetValue((goal.Metric, goal.Reference), out var reference)
            ? Spread.Of([.. candidate.Zip(reference, (c, r) => c / r)])
            : null;
}

/// <summary>What several rounds gave.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    /// <summary>The spread of some values.</summary>
    public static Spread Of(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return new(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The value below which the given share of all lies.</summary>
    public static double Percentile(IReadOnlyList<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
