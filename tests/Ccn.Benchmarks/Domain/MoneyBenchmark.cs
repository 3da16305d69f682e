using Ccn.Domain;

namespace Ccn.Benchmarks.Domain;

/// <summary>Shares of money, exact and checked, beside the bare arithmetic on the same numbers.</summary>
internal sealed class MoneyBenchmark : Benchmark
{
    private const string Shares = "shares/s";
    private const string Splits = "splits by five weights/s";
    private const string Money = "Money";
    private const string Bare = "bare integers";
    private const int Count = 500_000;

    private static readonly int[] Weights = [4_000, 2_500, 1_500, 1_250, 750];

    private long sink;

    /// <inheritdoc/>
    public override string Name => "money";

    /// <inheritdoc/>
    public override string About => "a rate of an amount and a split of it, as Money and as bare integers";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } = [new(Shares, Money, Bare, 0.02), new(Splits, Money, Bare, 0.005)];

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Subject>> PrepareAsync() => Task.FromResult<IReadOnlyList<Subject>>(
    [
        new(Money, record => MeasureAsync(record, ShareOfMoney, SplitMoney)),
        new(Bare, record => MeasureAsync(record, ShareOfIntegers, SplitIntegers)),
    ]);

    private Task MeasureAsync(Action<string, double> record, Func<long> shares, Func<long> splits)
    {
        var clock = Clock.Start();
        sink += shares();
        record(Shares, Count / clock.Seconds);
        clock = Clock.Start();
        sink += splits();
        record(Splits, Count / clock.Seconds);
        return Task.CompletedTask;
    }

    private static long ShareOfMoney()
    {
        var sum = 0L;
        for (var i = 0; i < Count; i++)
        {
            sum += MoneyMath.Share(new(i, "USD"), 1_250).MinorUnits;
        }

        return sum;
    }

    private static long ShareOfIntegers()
    {
        var sum = 0L;
        for (var i = 0; i < Count; i++)
        {
            sum += ((i * 1_250L) + 5_000) / 10_000;
        }

        return sum;
    }

    private static long SplitMoney()
    {
        var sum = 0L;
        for (var i = 0; i < Count; i++)
        {
            sum += MoneyMath.Allocate(new(i, "USD"), Weights)[0].MinorUnits;
        }

        return sum;
    }

    private static long SplitIntegers()
    {
        var sum = 0L;
        for (var i = 0; i < Count; i++)
        {
            var rest = (long)i;
            foreach (var weight in Weights)
            {
                rest -= (long)i * weight / 10_000;
            }

            sum += rest;
        }

        return sum;
    }
}
