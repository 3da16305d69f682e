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
    private readonly List<(string Text, TaskCompletionSource Seen)> awaited = [];

    private HostProcess(string home, string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AllInOne).Assembly.Location, "--home", home, "--url", "http://127.0.0.1:0", .. options]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
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

    /// <summary>Starts it without a demo history and with a clock that can be moved, and waits until it says that it is ready.</summary>
    public static Task<HostProcess> StartAsync(string home, CancellationToken cancel) => StartAsync(home, ["--no-demo", "--open-clock"], cancel);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<HostProcess> StartAsync(string home, string[] options, CancellationToken cancel)
    {
        var host = new HostProcess(home, options);
        await host.SaysAsync("Ready in", StartLimit, cancel);
        return host;
    }

    /// <summary>Waits until it has printed a text.</summary>
    public async Task SaysAsync(string text, TimeSpan limit, CancellationToken cancel)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (lines)
        {
            if (lines.Exists(line => line.Contains(text, StringComparison.Ordinal))) { return; }

            awaited.Add((text, seen));
        }

        await Task.WhenAny(seen.Task, process.WaitForExitAsync(cancel)).WaitAsync(limit, cancel);
        if (!seen.Task.IsCompleted) { throw new InvalidOperationException($"The host ended without saying \"{text}\":\n{Output}"); }
    }

    public string Output { get { lock (lines) { return string.Join('\n', lines); } } }

    /// <summary>kill -9: nothing is finished, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();   // SIGKILL, to this process alone: its PostgreSQL stays, as it would in real life
        await process.WaitForExitAsync();
    }

    /// <summary>A clean stop, as by Ctrl-C; that signal itself is ignored in programs that a shell started in the background.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) { return; }

        lock (lines)
        {
            lines.Add(line);
            foreach (var (text, seen) in awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal)) { seen.TrySetResult(); }
            }
        }
    }

    private string Address(string part)
    {
        lock (lines) { return AddressOf().Match(lines.First(line => line.Contains(part, StringComparison.Ordinal))).Value; }
    }

    [GeneratedRegex(@"(http://)?127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AddressOf();
}
