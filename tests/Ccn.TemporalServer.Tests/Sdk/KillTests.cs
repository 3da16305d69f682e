using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;
using Temporalio.Client;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>
/// The executable, or its database, is killed again and again while workflows of all shapes run. The numbers are small
/// here; CCN_KILL_ROUNDS (of the server), CCN_DATABASE_KILL_ROUNDS and CCN_KILL_WORKFLOWS make them greater.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class KillTests(PostgresServer postgres, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan PatienceEach = TimeSpan.FromSeconds(30);
    private static readonly int Rounds = FromEnvironment("CCN_KILL_ROUNDS", 4);
    private static readonly int DatabaseRounds = FromEnvironment("CCN_DATABASE_KILL_ROUNDS", 2);
    private static readonly int Workflows = FromEnvironment("CCN_KILL_WORKFLOWS", 36);
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Ccn.TemporalServer.exe" : "Ccn.TemporalServer");

    [Fact]
    public async Task Killed_again_and_again_it_loses_and_repeats_nothing()
    {
        using var patience = PatienceFor(Rounds);
        var database = await postgres.CreateDatabaseAsync();
        var port = FreePort();
        string[] arguments = ["server", "start", "--port", port.ToString(CultureInfo.InvariantCulture), "--connection-string", database, "--log-level", "error"];
        var server = Launch(arguments);
        try
        {
            await new MixedLoad(Workflows, output).RunAsync(
                await ConnectAsync(port, patience.Token),
                Rounds,
                async _ =>
                {
                    await KillAsync(server);
                    server = Launch(arguments);
                    await ConnectAsync(port, patience.Token);
                },
                patience.Token);
        }
        finally
        {
            await KillAsync(server);
        }

        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task When_its_database_is_killed_again_and_again_it_goes_on_without_a_restart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of the database are found by Linux's /proc.");
        using var patience = PatienceFor(DatabaseRounds);
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { ConnectionString = await own.CreateDatabaseAsync() }, patience.Token);

        await new MixedLoad(Workflows, output).RunAsync(
            await TemporalClient.ConnectAsync(new(server.Address)),
            DatabaseRounds,
            async _ =>
            {
                await own.CrashAsync();
                await Task.Delay(Random.Shared.Next(0, 1500), patience.Token);
                await own.RestartAsync();
            },
            patience.Token);
    }

    private static CancellationTokenSource PatienceFor(int rounds)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience + (rounds * PatienceEach));
        return patience;
    }

    private static async Task KillAsync(Process server)
    {
        server.Kill();
        await server.WaitForExitAsync(CancellationToken.None);
        server.Dispose();
    }

    private static async Task<TemporalClient> ConnectAsync(int port, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await TemporalClient.ConnectAsync(new($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(50, cancel);
            }
        }
    }

    private static Process Launch(string[] arguments) => Process.Start(new ProcessStartInfo(Executable, arguments) { UseShellExecute = false })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
