using Ccn.Testing;
using Temporalio.Client;

namespace Ccn.Benchmarks.Temporal;

/// <summary>The embedded server beside the real ones, with the same SDK client and worker in this process.</summary>
internal sealed class ThroughputBenchmark : Benchmark
{
    private const string Memory = "embedded in memory";
    private const string Durable = "embedded, durable";
    private const string DevFile = "dev server with a file";
    private const string DevMemory = "dev server in memory";

    private readonly List<IAsyncDisposable> started = [];
    private DirectoryInfo? files;

    /// <inheritdoc/>
    public override string Name => "temporal";

    /// <inheritdoc/>
    public override string About => "the embedded server beside the real development server and a real cluster of two nodes (CCN_TEMPORAL_BIN)";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } =
    [
        new(ServerLoad.Workflows, Durable, DevFile, 6),
        new(ServerLoad.Workflows, Durable, TemporalCluster.Name, 3),
        new(ServerLoad.Workflows, Memory, DevMemory, 3),
        new(ServerLoad.Sequential, Durable, DevFile, 0.1, AtMost: true),
        new(ServerLoad.Sequential, Memory, DevMemory, 0.1, AtMost: true),
        new(ServerLoad.Signals, Durable, DevFile, 6),
        new(ServerLoad.Signals, Durable, TemporalCluster.Name, 3),
    ];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Subject>> PrepareAsync()
    {
        files = Directory.CreateTempSubdirectory("ccn-bench-");
        var postgres = new PostgresServer { IsDurable = true };
        started.Add(postgres);
        await postgres.InitializeAsync();
        ForeignLoad.Adopted.Add(postgres.ProcessId);

        List<TemporalPeer> peers = [TemporalPeer.Embedded(), TemporalPeer.Embedded(await postgres.CreateDatabaseAsync(), false), TemporalPeer.Embedded(await postgres.CreateDatabaseAsync(), true)];
        var folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");
        if (folder is not null)
        {
            peers.Add(TemporalPeer.Dev(folder, null));
            peers.Add(TemporalPeer.Dev(folder, Path.Combine(files.FullName, "dev.db")));
        }

        var subjects = new List<Subject>();
        foreach (var peer in peers)
        {
            started.Add(peer);
            await peer.StartAsync();
            subjects.Add(Of(peer.Name, peer.Client));
        }

        if (folder is not null)
        {
            var cluster = new TemporalCluster(folder, postgres.ConnectionString);
            started.Add(cluster);
            try
            {
                subjects.Add(Of(TemporalCluster.Name, await cluster.StartAsync()));
            }
            catch (InvalidOperationException e)
            {
                Console.WriteLine($"{e.Message} Its addresses are fixed: another one may run on this machine.");
            }
        }

        return subjects;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(started))
        {
            await part.DisposeAsync();
        }

        started.Clear();
        files?.Delete(recursive: true);
        files = null;
        await base.DisposeAsync();
    }

    private static Subject Of(string name, TemporalClient client) => new(name, record => ServerLoad.RunAsync(client, record), () => ServerLoad.WarmUpAsync(client));
}
