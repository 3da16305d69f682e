using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ccn.Benchmarks.Site;

/// <summary>
/// The feed as visitors get it, from the host with all its middleware, beside a bare Kestrel that returns the same bytes.
/// The host must be built (<c>dotnet build src/Ccn.Host -c Release</c>); CCN_HOST names another one.
/// </summary>
internal sealed class FeedBenchmark : Benchmark
{
    private const string Pages = "pages/s, 32 in flight";
    private const string Feed = "feed of the host";
    private const string Bare = "bare Kestrel, same bytes";
    private const int Count = 2_000;
    private const int InFlight = 32;
    private const string Designs = "12";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private DirectoryInfo? files;
    private readonly List<Process> processes = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = InFlight }) { Timeout = TimeSpan.FromMinutes(1) };

    /// <inheritdoc/>
    public override string Name => "feed";

    /// <inheritdoc/>
    public override string About => "the feed for visitors who are not signed in, and a bare Kestrel that returns the same bytes";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } = [new(Pages, Feed, Bare, 0.7)];

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Subject>> PrepareAsync()
    {
        var host = Environment.GetEnvironmentVariable("CCN_HOST") ?? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Ccn.Host", "release", "Ccn.Host.dll"));
        if (!File.Exists(host))
        {
            throw new InvalidOperationException($"There is no {host}: build src/Ccn.Host with -c Release first, or set CCN_HOST.");
        }

        files = Directory.CreateTempSubdirectory("ccn-feed-");
        var site = FreeAddress();
        await HistoryAsync(Launch("dotnet", host, "--url", site, "--home", Path.Combine(files.FullName, "home"), "--designs", Designs));
        var page = await PageAsync(new(site + "/"));
        var file = Path.Combine(files.FullName, "page.html");
        await File.WriteAllBytesAsync(file, page);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the page has {page.Length} bytes"));

        var bare = FreeAddress();
        Launch(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Ccn.Benchmarks.exe" : "Ccn.Benchmarks"), BareSite.Command, file, bare);
        await PageAsync(new(bare + "/"));
        return [Subject.Rate(Feed, Pages, Count, () => LoadAsync(new(site + "/"))), Subject.Rate(Bare, Pages, Count, () => LoadAsync(new(bare + "/")))];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        processes.Clear();
        http.Dispose();
        files?.Delete(recursive: true);
        files = null;
        await base.DisposeAsync();
    }

    /// <summary>The demo lives through its past first, with all the load of that.</summary>
    private static async Task HistoryAsync(Process host)
    {
        var lived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                lived.TrySetException(new InvalidOperationException("The host ended before its demo history did."));
            }
            else if (line.Data.StartsWith("Demo history lived", StringComparison.Ordinal))
            {
                lived.TrySetResult();
            }
        };
        host.BeginOutputReadLine();
        await lived.Task.WaitAsync(Patience);
    }

    private async Task<byte[]> PageAsync(Uri address)
    {
        for (var clock = Clock.Start(); ; await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            try
            {
                return await http.GetByteArrayAsync(address);
            }
            catch (HttpRequestException) when (clock.Seconds < Patience.TotalSeconds)
            {
                // it does not listen yet
            }
        }
    }

    private Task LoadAsync(Uri address) => Parallel.ForEachAsync(
        Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (_, cancel) =>
        {
            var page = await http.GetByteArrayAsync(address, cancel);   // throws unless the answer is 200
            if (page.Length == 0)
            {
                throw new InvalidOperationException($"{address} gave an empty page.");
            }
        });

    private Process Launch(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        processes.Add(process);
        return process;
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
