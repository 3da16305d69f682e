using System.Diagnostics;
using System.Runtime.InteropServices;
using Ccn.Web;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Ccn.Host;

/// <summary>Starts everything, shows where it is, and runs until Ctrl-C.</summary>
internal sealed class RunCommand : AsyncCommand<HostSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, HostSettings settings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, stop));
        var console = AnsiConsole.Console;
        console.MarkupLine("[bold]Creative Commerce Network[/], everything on this machine\n");
        try
        {
            await RunAsync(settings, console, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return 0; }
        catch (Exception e) when (e is HostException or Npgsql.NpgsqlException or TemporalServer.Hosting.TemporalServerStartException)
        {
            console.MarkupLineInterpolated($"\n[red]{e.Message}[/]");
            return 1;
        }
    }

    private static async Task RunAsync(HostSettings settings, IAnsiConsole console, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var options = new AllInOneOptions
        {
            Home = settings.HomeFolder,
            Url = settings.Url,
            Temporal = settings.Temporal,
            Namespace = settings.Namespace,
            ConnectionString = Environment.GetEnvironmentVariable("ConnectionStrings__Ccn"),
        };
        await using var machine = await AllInOne.StartAsync(options, new Steps(console), stop);
        console.MarkupLineInterpolated($"\n[bold]Ready in {watch.Elapsed.TotalSeconds:0.0} s: {machine.Url}[/]\n");
        console.MarkupLineInterpolated($"Data stays in {settings.HomeFolder}. Ctrl-C stops everything.");
        await Task.Delay(Timeout.Infinite, stop);
    }

    // A second signal does not wait for a clean stop.
    private static void OnSignal(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        if (stop.IsCancellationRequested) { Environment.Exit(130); }

        stop.Cancel();
    }
}
