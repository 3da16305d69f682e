using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Hosting;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>A server in this process that skips time while a result is awaited, and a client of the SDK that is connected to it.</summary>
public sealed class EmbeddedFixture : IAsyncLifetime
{
    private EmbeddedTemporalServer server = null!;

    public TemporalClient Client { get; private set; } = null!;

    internal ServerClock Clock => server.Clock;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new() { TimeSkipping = true, InitialTimeLocks = 1 });
        Client = await TemporalClient.ConnectAsync(new(server.Address));
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    /// <summary>Runs a worker on a queue of its own while the test body runs.</summary>
    public async Task WithWorkerAsync(Action<TemporalWorkerOptions> configure, Func<string, Task> body)
    {
        var queue = $"queue-{Guid.NewGuid()}";
        var options = new TemporalWorkerOptions(queue);
        configure(options);
        using var worker = new TemporalWorker(Client, options);
        await worker.ExecuteAsync(() => body(queue)).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Starts a workflow options set for a queue, with an ID of its own.</summary>
    public static WorkflowOptions On(string queue) => new($"wf-{Guid.NewGuid()}", queue);

    /// <summary>Lets time be skipped while something is awaited: what the SDK's time-skipping environment does around a result.</summary>
    public async Task<T> SkippingAsync<T>(Task<T> wanted)
    {
        await Client.Connection.TestService.UnlockTimeSkippingAsync(new());
        try
        {
            return await wanted;
        }
        finally
        {
            await Client.Connection.TestService.LockTimeSkippingAsync(new());
        }
    }
}
