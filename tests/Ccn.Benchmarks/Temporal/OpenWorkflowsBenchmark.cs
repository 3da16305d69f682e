using Ccn.Testing;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Ccn.Benchmarks.Temporal;

/// <summary>
/// Many open workflows that wait for timers: how long a server on PostgreSQL takes to start with them, and how much memory
/// it holds then. The limits are absolute, because what they promise is a machine that suffices.
/// </summary>
internal sealed class OpenWorkflowsBenchmark : Benchmark
{
    private const string Start = "start, s";
    private const string Memory = "resident memory, MB";
    private const string WithTimers = "server with open workflows";
    private const string Limit = "limit";
    private const int InFlight = 100;
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("CCN_OPEN_WORKFLOWS") ?? "100000", System.Globalization.CultureInfo.InvariantCulture);

    private readonly PostgresServer postgres = new();
    private string connectionString = "";

    /// <inheritdoc/>
    public override string Name => "open";

    /// <inheritdoc/>
    public override string About => "start-up time and memory of the server with 100,000 open workflows that wait for a timer (CCN_OPEN_WORKFLOWS), against 20 s and 1.5 GB";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } =
    [
        new(Start, WithTimers, Limit, 1, AtMost: true),
        new(Memory, WithTimers, Limit, 1, AtMost: true),
    ];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Subject>> PrepareAsync()
    {
        await postgres.InitializeAsync();
        ForeignLoad.Adopted.Add(postgres.ProcessId);
        connectionString = await postgres.CreateDatabaseAsync();
        await using (var server = TemporalPeer.Embedded(connectionString, asynchronous: true))
        {
            await server.StartAsync();
            var clock = Clock.Start();
            await FillAsync(server.Client);
            Console.WriteLine(FormattableString.Invariant(
                $"{Count} workflows made in {clock.Seconds:0} s; the server that made them holds {server.ResidentBytes >> 20} MB"));
        }

        return
        [
            new(WithTimers, MeasureAsync, () => Task.CompletedTask),
            new(Limit, record => { record(Start, 20); record(Memory, 1536); return Task.CompletedTask; }, () => Task.CompletedTask),
        ];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await postgres.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task MeasureAsync(Action<string, double> record)
    {
        await using var server = TemporalPeer.Embedded(connectionString, asynchronous: true);
        record(Start, await server.StartAsync());
        var open = await server.Client.CountWorkflowsAsync("ExecutionStatus = 'Running'");
        if (open.Count != Count)
        {
            throw new InvalidOperationException($"{open.Count} workflows are open instead of {Count}.");
        }

        // Touching ten thousand of them at random must not fill the memory either.
        await Parallel.ForEachAsync(Enumerable.Range(0, Count / 10), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) =>
            await server.Client.GetWorkflowHandle(IdOf(i * 10)).DescribeAsync());
        record(Memory, server.ResidentBytes / (double)(1 << 20));
    }

    /// <summary>Each waits for its start delay, which is a timer of the server, between a day and a year ahead.</summary>
    private static Task FillAsync(TemporalClient client) => Parallel.ForEachAsync(
        Enumerable.Range(0, Count),
        new ParallelOptions { MaxDegreeOfParallelism = InFlight },
        async (i, _) => await client.WorkflowService.StartWorkflowExecutionAsync(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = IdOf(i),
            WorkflowType = new() { Name = "Waiting" },
            TaskQueue = new() { Name = "waiting" },
            RequestId = IdOf(i),
            WorkflowStartDelay = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(24 + (i % 8760))),
            Input = new Payloads { Payloads_ = { client.Options.DataConverter.PayloadConverter.ToPayload($"input of workflow {i}") } },
        }));

    private static string IdOf(int number) => FormattableString.Invariant($"waiting/{number:D6}");
}
