using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Ccn.Host.Demo;
using Ccn.Host.Simulation;
using Ccn.Web;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Ccn.Host;

/// <summary>Starts everything, shows where it is, lives the demo history on a first start, and runs until Ctrl-C.</summary>
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
            if (settings.Simulate) { return await SimulationRun.RunAsync(console, stop.Token); }

            await RunAsync(settings, console, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return 0; }
        catch (Exception e) when (e is HostException or JourneyFailedException or WaitedInVainException or ProblemResponseException or Npgsql.NpgsqlException or TemporalServer.Hosting.TemporalServerStartException)
        {
            console.MarkupLineInterpolated($"\n[red]{e.Message}[/]");
            return 1;
        }
    }

    private static async Task RunAsync(HostSettings settings, IAnsiConsole console, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var history = new DemoHistory(settings.HomeFolder, settings.Designs);
        var options = new AllInOneOptions
        {
            Home = settings.HomeFolder,
            Url = settings.Url,
            Temporal = settings.Temporal,
            Namespace = settings.Namespace,
            ConnectionString = Environment.GetEnvironmentVariable("ConnectionStrings__Ccn"),
            FirstClockOffset = settings.NoDemo || settings.Temporal is not null ? TimeSpan.Zero : -DemoHistory.Length,
            ProviderDelay = settings.ProviderDelay,
            ClockIsOpen = settings.OpenClock,

            // The demo's payouts are small: two people look at the larger ones all the same.
            TwoApproversFrom = settings.NoDemo ? null : 5_000,
        };
        var parts = new List<RunningPart>();
        var steps = new Steps(console) { Started = (name, note) => parts.Add(new(name, note, null)) };
        await using var machine = await AllInOne.StartAsync(options, steps, stop);

        // The clock never runs ahead of the real one, whoever asks.
        if (machine.Clock is { } clock && !settings.OpenClock) { clock.SkipLimit = TimeSpan.Zero; }

        foreach (var part in parts) { machine.Running.Report(part); }

        ShowStartPage(machine);
        var isDue = !settings.NoDemo && machine.Clock is not null && history.IsDue(machine.IsFirstStart);
        await steps.RunAsync("Demo accounts", async () =>
        {
            await DemoAccounts.EnsureAsync(DemoPeople.All, machine, stop);
            return (0, FormattableString.Invariant($"{DemoPeople.All.Count} people"));
        });
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]Ready in {watch.Elapsed.TotalSeconds:0.0} s: {machine.Url}[/]\n");
        PrintAccounts(console);
        console.MarkupLineInterpolated($"Data stays in {settings.HomeFolder}. Ctrl-C stops everything.\n");
        if (isDue)
        {
            var time = new SkippedTime(machine.Clock!);
            using var stage = await DemoStage.ConnectAsync(machine.Url, machine.SandboxUrl, DemoPeople.All, time, DemoStage.SeedOf(options.Home), stop);
            await history.LiveAsync(machine, stage.World, time, console, stop);
        }

        await Task.Delay(Timeout.Infinite, stop);
    }

    private static void ShowStartPage(AllInOne machine) => machine.Running.Show(
        [.. DemoPeople.All.Where(person => person.Role is not "member").Append(DemoPeople.Members[0]).Select(person => new DemoAccount(person.Role, person.Email, DemoPeople.Password, person.What))],
        [
            new("API reference", "/reference", "Every endpoint, to try out"),
            new("OpenAPI document", "/openapi/v1.json", "For generated clients"),
            new("Health", "/health/ready", "What a load balancer asks"),
            new("Registry", "/v1/registry", "Licences in force, with the hash of each sealed copy"),
            new("Designs", "/v1/designs", "Everything published, as JSON"),
            .. machine.HasTemporalUi ? [new PartLink("Temporal UI", "/temporal", "Every workflow as it runs; for operations")] : Array.Empty<PartLink>(),
            new("Provider sandbox", machine.SandboxUrl, "What Amazon, PayPal, DocuSign, Stripe and the suppliers know"),
        ]);

    private static void PrintAccounts(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Role", "E-mail", "What to look at");
        foreach (var person in DemoPeople.All.Where(person => person.Role is not "member").Append(DemoPeople.Members[0])) { table.AddRow(person.Role, person.Email, Markup.Escape(person.What)); }

        console.Write(table);
        console.MarkupLineInterpolated($"Password of all: [bold]{DemoPeople.Password}[/]");
    }

    // A second signal does not wait for a clean stop.
    private static void OnSignal(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        if (stop.IsCancellationRequested) { Environment.Exit(130); }

        stop.Cancel();
    }
}
