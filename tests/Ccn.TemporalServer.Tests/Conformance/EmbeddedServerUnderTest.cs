using Ccn.TemporalServer.Hosting;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Our own server, in this process and in memory, at real pace.</summary>
public sealed class EmbeddedServerUnderTest : ServerUnderTest
{
    private EmbeddedTemporalServer? server;

    protected override async Task<string> StartAsync(CancellationToken cancel)
    {
        server = await EmbeddedTemporalServer.StartAsync(new() { Namespace = Scenario.Golden }, cancel);
        return server.Address;
    }

    protected override ValueTask StopAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
