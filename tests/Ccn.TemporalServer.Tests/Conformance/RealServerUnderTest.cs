using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>
/// A real Temporal server: the dev server of the folder that CCN_TEMPORAL_BIN names, or one that already serves at CCN_TEMPORAL_ADDRESS.
/// It proves that the scenarios themselves are right.
/// </summary>
public sealed class RealServerUnderTest : ServerUnderTest
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");
    private static readonly string? Given = Environment.GetEnvironmentVariable("CCN_TEMPORAL_ADDRESS");
    private Process? process;

    /// <summary>Null, or the reason to say when tests against a real server are skipped.</summary>
    public static string? Missing => Folder is null && Given is null
        ? "No real Temporal server: set CCN_TEMPORAL_BIN to a folder with the program temporal, or CCN_TEMPORAL_ADDRESS to a running server."
        : null;

    protected override bool IsReal => true;

    protected override string? Absent => Missing;

    protected override Task<string> StartAsync(CancellationToken cancel)
    {
        if (Given is not null) { return Task.FromResult(Given); }
        var port = FreePort();
        process = Process.Start(new ProcessStartInfo(
            Path.Combine(Folder!, "temporal"),
            ["server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", port, "--namespace", Scenario.Golden, "--log-level", "never"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        process!.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return Task.FromResult("127.0.0.1:" + port);
    }

    protected override ValueTask StopAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return FormattableString.Invariant($"{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
