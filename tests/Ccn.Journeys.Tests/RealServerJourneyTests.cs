using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ccn.Domain;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>The same journey on a real Temporal server, in real time, with the template whose days are seconds.</summary>
public sealed class RealServerJourneyTests
{
    [Fact]
    public async Task The_journey_is_the_same_on_a_real_server()
    {
        var folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");
        Assert.SkipWhen(folder is null, "CCN_TEMPORAL_BIN names no folder with a real `temporal` command.");

        var address = $"127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(folder!, "temporal"), ["server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", address.Split(':')[1]]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        try
        {
            await ListensAsync(address);
            await using var machine = await TestMachine.StartAsync(address);
            using var journal = StoryJournal.InMemory();
            var result = await new ReferenceJourney(machine.Tell("rehearsal", journal, new Transcript()), JourneyPlan.Rehearsal).RunAsync();
            Assert.Equal(new Money(60_000, "USD"), result.Gross);
            Assert.Equal(new Money(54_000, "USD"), result.Payout);
            Assert.Equal(ReferenceBooks.WithReturns, ReferenceBooks.Of(await machine.World.Cast.Finance.TrialBalanceAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task ListensAsync(string address)
    {
        var end = IPEndPoint.Parse(address);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(end);
                return;
            }
            catch (SocketException) when (attempt < 100) { await Task.Delay(200, TestContext.Current.CancellationToken); }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
