using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Engine;

/// <summary>Open runs that only wait leave memory, and nothing is lost by it.</summary>
public sealed class ResidenceTests : IAsyncLifetime
{
    private const string NamespaceId = "namespace-id";
    private const int MostResident = 20;
    private const int Open = 100;

    private static readonly TimeSpan Delay = TimeSpan.FromDays(1);

    private readonly InMemoryStore store = new();
    private readonly ServerMetrics metrics = new();
    private readonly FakeTimeProvider real = new(DateTimeOffset.UtcNow);
    private readonly ServerClock clock;
    private readonly DynamicConfig config = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["history.hostLevelCacheMaxSize"] = "20" });
    private CommitPipeline pipeline = null!;
    private NamespaceRegistry namespaces = null!;
    private WorkflowEngine engine = null!;

    public ResidenceTests() => clock = new(real: real);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync(Cancel);
        pipeline = new(store, metrics, NullLogger<CommitPipeline>.Instance);
        namespaces = new(pipeline);
        engine = NewEngine();
    }

    public async ValueTask DisposeAsync()
    {
        engine.Stop();
        engine.Dispose();
        namespaces.Dispose();
        await pipeline.DisposeAsync();
        metrics.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Runs_that_wait_for_a_timer_leave_memory_and_wake_when_it_fires()
    {
        var runs = await StartAsync(Delay);
        await SettledAsync();

        real.Advance(Delay + TimeSpan.FromMinutes(1));

        foreach (var run in runs)
        {
            await UntilAsync(() => engine.ReadAsync(run, execution => execution.State.HadTask));
        }
    }

    [Fact]
    public async Task A_run_that_sleeps_wakes_for_a_signal()
    {
        var runs = await StartAsync(Delay);
        await SettledAsync();

        await engine.ChangeAsync(runs[0], (execution, tx) => execution.Signal(tx, new() { SignalName = "hello" }));

        Assert.Equal(["hello"], await engine.ReadAsync(runs[0], execution => execution.History.Select(e => e.WorkflowExecutionSignaledEventAttributes?.SignalName).OfType<string>().ToList()));
    }

    [Fact]
    public async Task Runs_with_work_to_hand_out_stay_in_memory()
    {
        await StartAsync(TimeSpan.Zero);

        Assert.Equal(0, engine.Asleep);
        Assert.Equal(Open, engine.Queues.Backlog(new(NamespaceId, "queue", TaskQueueType.Workflow)).Count);
    }

    [Fact]
    public async Task A_started_server_loads_only_runs_with_work_and_wakes_the_others_in_time()
    {
        var waiting = await StartAsync(Delay);
        var working = await StartAsync(TimeSpan.Zero);
        engine.Stop();
        engine.Dispose();
        engine = NewEngine();

        await engine.RecoverAsync(2);
        await UntilAsync(() => Task.FromResult(engine.Queues.Backlog(new(NamespaceId, "queue", TaskQueueType.Workflow)).Count == working.Count));
        Assert.Equal(waiting.Count, engine.Asleep);

        real.Advance(Delay + TimeSpan.FromMinutes(1));
        await UntilAsync(() => Task.FromResult(engine.Queues.Backlog(new(NamespaceId, "queue", TaskQueueType.Workflow)).Count == waiting.Count + working.Count));
    }

    private WorkflowEngine NewEngine() => new(clock, store, pipeline, namespaces, new(config, pipeline), config, NullLogger<WorkflowEngine>.Instance);

    private async Task<IReadOnlyList<RunRef>> StartAsync(TimeSpan delay)
    {
        var runs = new List<RunRef>();
        for (var i = 0; i < Open; i++)
        {
            var order = new StartOrder(
                new()
                {
                    WorkflowId = Guid.NewGuid().ToString(), WorkflowType = new() { Name = "Sample" }, TaskQueue = new() { Name = "queue" },
                    WorkflowTaskTimeout = TimeSpan.FromSeconds(10).AsDuration(), FirstWorkflowTaskBackoff = delay.AsDuration(),
                },
                Guid.NewGuid().ToString());
            runs.Add((await engine.StartAsync(NamespaceId, order)).Execution.Ref);
        }

        return runs;
    }

    /// <summary>The sweep runs beside the requests that set it off.</summary>
    private Task SettledAsync() => UntilAsync(() => Task.FromResult(engine.Asleep >= Open - (2 * MostResident)));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(10, Cancel);
        }
    }
}
