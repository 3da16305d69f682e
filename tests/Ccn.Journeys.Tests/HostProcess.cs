using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ccn.Host;

namespace Ccn.Journeys.Tests;

/// <summary>The host as a process of its own, which can be killed. Its addresses are read from what it prints.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string home)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AllInOne).Assembly.Location, "--home", home, "--url", "http://127.0.0.1:0", "--no-demo", "--open-clock"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "300";
        start.Environment.Remove("ConnectionStrings__Ccn");
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Url => Address("Site and API");

    public string SandboxUrl => Address("Provider sandbox");

    public string TemporalAddress => Address("Workflow server");

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<HostProcess> StartAsync(string home, CancellationToken cancel)
    {
        var host = new HostProcess(home);
        await Task.WhenAny(host.ready.Task, host.process.WaitForExitAsync(cancel)).WaitAsync(StartLimit, cancel);
        return host.ready.Task.IsCompleted ? host : throw new InvalidOperationException($"The host did not start:\n{host.Output}");
    }

    public string Output { get { lock (lines) { return string.Join('\n', lines); } } }

    /// <summary>kill -9: nothing is finished, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();   // SIGKILL, to this process alone: its PostgreSQL stays, as it would in real life
        await process.WaitForExitAsync();
    }

    /// <summary>As Ctrl-C: a clean stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) { return; }

        lock (lines) { lines.Add(line); }

        if (line.Contains("Ready in", StringComparison.Ordinal)) { ready.TrySetResult(); }
    }

    private string Address(string part)
    {
        lock (lines) { return AddressOf().Match(lines.First(line => line.Contains(part, StringComparison.Ordinal))).Value; }
    }

    [GeneratedRegex(@"(http://)?127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AddressOf();
}
