using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>The executable, launched by the SDK and by hand.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ServerProcessTests(PostgresServer postgres)
{
    private const int Sigint = 2;
    private const int Sigterm = 15;

    /// <summary>A cold start on a busy machine takes longer than the launchers' default of five seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Ccn.TemporalServer.exe" : "Ccn.TemporalServer");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_SDK_launches_it_as_its_development_server()
    {
        await using var environment = await WorkflowEnvironment.StartLocalAsync(new()
        {
            Namespace = "studio",
            SearchAttributes = [Temporalio.Common.SearchAttributeKey.CreateKeyword("CcnStage")],
            DevServerOptions = new() { ExistingPath = Executable, StartupTimeout = Patience },
        });

        var attributes = await environment.Client.OperatorService.ListSearchAttributesAsync(new() { Namespace = "studio" });
        Assert.Contains("CcnStage", attributes.CustomAttributes.Keys);
        var count = await environment.Client.CountWorkflowsAsync("WorkflowType = 'Deposit' AND ExecutionStatus IN ('Running', 'Failed')");
        Assert.Equal(0, count.Count);
    }

    [Fact]
    public async Task The_SDK_launches_it_as_its_time_skipping_server_and_a_year_passes()
    {
        await using var environment = await WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = Executable, StartupTimeout = Patience } });
        using var worker = new TemporalWorker(
            environment.Client, new TemporalWorkerOptions("reminders").AddWorkflow<MonthlyReminderWorkflow>().AddActivity(MonthlyReminderWorkflow.Add));
        var before = await environment.GetCurrentTimeAsync();

        var sent = await worker.ExecuteAsync(
            () => environment.Client.ExecuteWorkflowAsync((MonthlyReminderWorkflow wf) => wf.RunAsync(12), new("reminder", "reminders")), Cancel);

        Assert.Equal(12, sent);
        Assert.InRange(await environment.GetCurrentTimeAsync() - before, TimeSpan.FromDays(360), TimeSpan.FromDays(361));
    }

    [Theory]
    [InlineData(Sigterm)]
    [InlineData(Sigint)]
    public async Task A_signal_ends_it_with_code_0(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        Assert.SkipWhen(IsIgnored(signal), "This run ignores the signal, and so do the processes that it starts: a shell started it in the background.");
        var port = FreePort();
        using var server = Launch("server", "start-dev", "--port", Text(port));
        await ConnectAsync(port);

        Assert.Equal(0, Kill(server.Id, signal));
        await server.WaitForExitAsync(Cancel);

        Assert.Equal(0, server.ExitCode);
    }

    // A process inherits which signals are ignored, and .NET keeps to it.
    private static bool IsIgnored(int signal) => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;

    [Fact]
    public async Task What_it_stored_is_there_after_it_was_killed()
    {
        var database = await postgres.CreateDatabaseAsync();
        var port = FreePort();
        string[] arguments = ["server", "start", "--port", Text(port), "--connection-string", database, "--search-attribute", "CcnStage=Keyword"];
        string id;
        using (var first = Launch(arguments))
        {
            id = await NamespaceIdAsync(port);
            first.Kill();
            await first.WaitForExitAsync(Cancel);
        }

        using var second = Launch(arguments);
        Assert.Equal(id, await NamespaceIdAsync(port));
        second.Kill();
        await second.WaitForExitAsync(Cancel);
        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_database_out_of_reach_is_named_in_one_line()
    {
        var (code, error) = await RunAsync("server", "start", "--connection-string", $"Host=127.0.0.1;Port={Text(FreePort())};Database=ccn;Username=ccn");

        Assert.Equal(1, code);
        Assert.StartsWith("The database 'ccn' on 127.0.0.1:", error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_mistake_in_the_command_line_is_named_with_code_2()
    {
        var (code, error) = await RunAsync("server", "start-dev", "--nope");

        Assert.Equal((2, "'--nope' is not an option. See --help."), (code, error.Trim()));
    }

    private static async Task<string> NamespaceIdAsync(int port)
    {
        var client = await ConnectAsync(port);
        return (await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" })).NamespaceInfo.Id;
    }

    /// <summary>The client tries again until the server listens.</summary>
    private static async Task<TemporalClient> ConnectAsync(int port)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await TemporalClient.ConnectAsync(new($"127.0.0.1:{Text(port)}"));
            }
            catch (InvalidOperationException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(50, Cancel);
            }
        }
    }

    private static Process Launch(params string[] arguments) => Process.Start(new ProcessStartInfo(Executable, arguments) { UseShellExecute = false })!;

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, error);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int processId, int signal);
}
