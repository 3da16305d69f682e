namespace Ccn.Benchmarks;

/// <summary>One side of a comparison: measured once in every round, in turn with the others.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="RunAsync">Measures and records, under the name of each metric, what it found.</param>
/// <param name="WarmUpAsync">Runs once before the first round; null to run the measurement itself.</param>
internal sealed record Subject(string Name, Func<Action<string, double>, Task> RunAsync, Func<Task>? WarmUpAsync = null)
{
    /// <summary>A subject with one metric: how often something can be done in a second.</summary>
    public static Subject Rate(string name, string metric, int operations, Action run) => new(name, record =>
    {
        var clock = Clock.Start();
        run();
        record(metric, operations / clock.Seconds);
        return Task.CompletedTask;
    });

    /// <summary>A subject with one metric: how often something can be done in a second.</summary>
    public static Subject Rate(string name, string metric, int operations, Func<Task> runAsync) => new(name, async record =>
    {
        var clock = Clock.Start();
        await runAsync();
        record(metric, operations / clock.Seconds);
    });
}

/// <summary>What a ratio must reach.</summary>
/// <param name="Metric">Metric that is compared.</param>
/// <param name="Subject">Whose value is divided.</param>
/// <param name="Reference">By whose value: the limit.</param>
/// <param name="Ratio">The ratio, as the median of the rounds.</param>
/// <param name="AtMost">True where less is better (times, memory).</param>
internal sealed record Goal(string Metric, string Subject, string Reference, double Ratio, bool AtMost = false)
{
    /// <summary>True when the ratio is good enough.</summary>
    public bool IsMet(double ratio) => AtMost ? ratio <= Ratio : ratio >= Ratio;
}

/// <summary>Measures time.</summary>
internal readonly struct Clock
{
    private readonly long began;

    private Clock(long began) => this.began = began;

    /// <summary>Seconds since the start.</summary>
    public double Seconds => System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Milliseconds since the start.</summary>
    public double Milliseconds => Seconds * 1000;

    /// <summary>Starts to measure.</summary>
    public static Clock Start() => new(System.Diagnostics.Stopwatch.GetTimestamp());
}
