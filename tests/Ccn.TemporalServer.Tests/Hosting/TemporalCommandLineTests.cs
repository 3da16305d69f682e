using System.Diagnostics;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Tests.Sdk;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>The published command line <c>temporal</c>, from the folder that CCN_TEMPORAL_BIN names, drives this server.</summary>
public sealed class TemporalCommandLineTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_drives_this_server()
    {
        Assert.SkipWhen(Folder is null, Ccn.Testing.RealTemporalFixture.WhyNone);
        await using var server = await EmbeddedTemporalServer.StartAsync(new(), Cancel);

        await PlayAsync(await TemporalClient.ConnectAsync(new(server.Address)), server.Address);
    }

    private static async Task PlayAsync(ITemporalClient client, string address)
    {
        var differences = new List<string>();
        var options = new TemporalWorkerOptions(TemporalCommandLineScript.Queue) { WorkflowStackTrace = WorkflowStackTrace.Normal }.AddWorkflow<MessagesWorkflow>().AddWorkflow<OneActivityWorkflow>();
        using var worker = new TemporalWorker(client, options);
        await worker.ExecuteAsync(async () =>
        {
            foreach (var (command, code, text) in TemporalCommandLineScript.Steps)
            {
                var (exit, output) = await RunAsync(address, command);
                if (exit != code || !output.Contains(text, StringComparison.Ordinal)) { differences.Add($"temporal {command}\n    wanted {code}, {text}\n    was {exit}, {output}"); }
            }
        });
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<(int Code, string Output)> RunAsync(string address, string command)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Folder!, "temporal"), [.. command.Split(' '), "--address", address, "--command-timeout", "30s"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }
}
