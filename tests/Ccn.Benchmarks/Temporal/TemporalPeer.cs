using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Temporalio.Client;

namespace Ccn.Benchmarks.Temporal;

/// <summary>A Temporal server as a process, ours or a real one.</summary>
/// <param name="name">Name in the table.</param>
/// <param name="program">Executable.</param>
/// <param name="arguments">Its arguments, from the port it shall listen on.</param>
internal sealed class TemporalPeer(string name, string program, Func<string, IEnumerable<string>> arguments) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? process;

    /// <summary>Name in the table.</summary>
    public string Name { get; } = name;

    /// <summary>The client, once the server answers.</summary>
    public TemporalClient Client { get; private set; } = null!;

    /// <summary>Memory the process holds now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Processor time the process has used, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Our server in memory.</summary>
    public static TemporalPeer Embedded() =>
        new("embedded in memory", Executable, port => ["server", "start-dev", "--port", port, "--log-level", "error"]);

    /// <summary>Our server on PostgreSQL.</summary>
    public static TemporalPeer Embedded(string connectionString, bool asynchronous) => new(
        asynchronous ? "embedded, asynchronous commit" : "embedded, durable",
        Executable,
        port => ["server", "start", "--port", port, "--connection-string", connectionString, "--log-level", "error", .. asynchronous ? ["--asynchronous-commit"] : Array.Empty<string>()]);

    /// <summary>The real development server, of the folder that <c>CCN_TEMPORAL_BIN</c> names.</summary>
    public static TemporalPeer Dev(string folder, string? file) => new(
        file is null ? "dev server in memory" : "dev server with a file",
        Path.Combine(folder, "temporal"),
        port => ["server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", port, "--log-level", "never", .. file is null ? Array.Empty<string>() : ["--db-filename", file]]);

    private static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Ccn.TemporalServer.exe" : "Ccn.TemporalServer");

    /// <summary>Starts the process and waits until it answers.</summary>
    /// <returns>Seconds until it did.</returns>
    public async Task<double> StartAsync()
    {
        var port = FreePort();
        var clock = Clock.Start();
        process = Process.Start(new ProcessStartInfo(program, arguments(port)) { UseShellExecute = false })!;
        Client = await ConnectAsync("127.0.0.1:" + port, process);
        return clock.Seconds;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            process = null;
        }
    }

    /// <summary>Connects as soon as the server answers.</summary>
    public static async Task<TemporalClient> ConnectAsync(string address, Process? server = null)
    {
        for (var clock = Clock.Start(); ;)
        {
            try
            {
                return await TemporalClient.ConnectAsync(new(address));
            }
            catch (InvalidOperationException) when (clock.Seconds < Patience.TotalSeconds && server?.HasExited != true)
            {
                await Task.Delay(20);
            }
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A real Temporal cluster of two nodes on PostgreSQL. Its addresses are fixed, so there can be one on a machine.</summary>
internal sealed class TemporalCluster(string folder, string connectionString) : IAsyncDisposable
{
    public const string Name = "two-node cluster";

    private readonly string script = Path.Combine(folder, "temporal-cluster");
    private readonly string state = Directory.CreateTempSubdirectory("ccn-cluster-").FullName;

    /// <summary>Starts the nodes and connects to the first.</summary>
    public async Task<TemporalClient> StartAsync()
    {
        await RunAsync("start");
        foreach (var file in Directory.EnumerateFiles(state, "node-*.pid"))
        {
            ForeignLoad.Adopted.Add(int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture));
        }

        return await TemporalPeer.ConnectAsync("127.0.0.1:7233");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        Directory.Delete(state, recursive: true);
    }

    private async Task RunAsync(string command)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(script, [command, state]) { UseShellExecute = false };
        start.Environment["PGHOST"] = database.Host;
        start.Environment["PGPORT"] = database.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = database.Username;
        start.Environment["PGPASSWORD"] = database.Password ?? "";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The cluster did not {command}.");
        }
    }
}
