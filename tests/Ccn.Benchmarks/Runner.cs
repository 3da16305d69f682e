using System.Globalization;
using System.Runtime.InteropServices;
using Ccn.Benchmarks.Data;
using Ccn.Benchmarks.Domain;
using Ccn.Benchmarks.Site;
using Ccn.Benchmarks.Temporal;

namespace Ccn.Benchmarks;

/// <summary>
/// Runs benchmarks and says whether their goals are met. Machines differ and this one may be busy, so nothing is compared
/// with a number of another day: in every round all subjects are measured in turn, and the ratios of a round are what counts.
/// </summary>
internal static class Runner
{
    private const int DefaultRounds = 5;
    private const double MuchForeignLoad = 0.25;

    private const string Usage = """
        Ccn.Benchmarks [--rounds N] NAME...      measures, exit code 1 when a goal is missed
        Ccn.Benchmarks --list                    the names
        """;

    private static readonly Func<Benchmark>[] All =
    [
        () => new ThroughputBenchmark(), () => new OpenWorkflowsBenchmark(), () => new MoneyBenchmark(), () => new RoyaltyBenchmark(), () => new EventsBenchmark(),
        () => new FeedBenchmark(),
    ];

    /// <summary>The program.</summary>
    public static async Task<int> MainAsync(string[] arguments)
    {
        if (arguments is [BareSite.Command, var file, var address])
        {
            await BareSite.RunAsync(file, address);
            return 0;
        }

        var rounds = DefaultRounds;
        var names = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--rounds" && i + 1 < arguments.Length)
            {
                rounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
            }
            else
            {
                names.Add(arguments[i]);
            }
        }

        var benchmarks = All.Select(make => make()).ToDictionary(b => b.Name, StringComparer.Ordinal);
        if (names is ["--list"])
        {
            foreach (var benchmark in benchmarks.Values)
            {
                Console.WriteLine($"{benchmark.Name,-14} {benchmark.About}");
            }

            return 0;
        }

        if (names.Count == 0 || names.Exists(n => !benchmarks.ContainsKey(n)))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var met = true;
        foreach (var name in names.Distinct())
        {
            await using var benchmark = benchmarks[name];

            // What was started must not outlive a run that is broken off.
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => benchmark.DisposeAsync().AsTask().Wait());
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => benchmark.DisposeAsync().AsTask().Wait());
            met &= await RunAsync(benchmark, rounds);
        }

        return met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(Benchmark benchmark, int rounds)
    {
        Console.WriteLine($"== {benchmark.Name}: {benchmark.About}");
        var subjects = await benchmark.PrepareAsync();
        foreach (var subject in subjects)
        {
            await (subject.WarmUpAsync?.Invoke() ?? subject.RunAsync((_, _) => { }));   // code is compiled, caches are filled
        }

        var measures = new Measures();
        for (var round = 1; round <= rounds; round++)
        {
            var load = new ForeignLoad();
            foreach (var subject in subjects)
            {
                await subject.RunAsync((metric, value) =>
                {
                    measures.Add(metric, subject.Name, value);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {round}  {metric,-28} {subject.Name,-32} {value:0.###}"));
                });
            }

            var foreign = load.Share();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: others used {foreign:P0} of the machine{(foreign > MuchForeignLoad ? ", which is much" : "")}"));
        }

        return Report.Write(measures, benchmark.Goals);
    }
}
