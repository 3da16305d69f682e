using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Engine;

/// <summary>A transition that cannot be stored has not happened.</summary>
public sealed class CommitFailureTests : IAsyncLifetime
{
    private const string NamespaceId = "namespace-id";

    private readonly FailingStore store = new();
    private readonly ServerMetrics metrics = new();
    private readonly ServerClock clock = new();
    private readonly DynamicConfig config = new(new Dictionary<string, string>(StringComparer.Ordinal));
    private CommitPipeline pipeline = null!;
    private NamespaceRegistry namespaces = null!;
    private WorkflowEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync(TestContext.Current.CancellationToken);
        pipeline = new(store, metrics, NullLogger<CommitPipeline>.Instance);
        namespaces = new(pipeline);
        engine = new(clock, store, pipeline, namespaces, new(config, pipeline), config, NullLogger<WorkflowEngine>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        engine.Dispose();
        namespaces.Dispose();
        await pipeline.DisposeAsync();
        metrics.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_signal_that_could_not_be_stored_is_refused_as_unavailable_and_leaves_no_event()
    {
        var run = await StartAsync();
        store.FailNext = true;

        var refused = await Assert.ThrowsAsync<RpcFailure>(() => SignalAsync(run, "lost"));
        await SignalAsync(run, "kept");

        Assert.Equal(StatusCode.Unavailable, refused.Code);
        Assert.Equal(["kept"], await engine.ReadAsync(run, execution =>
            execution.History.Where(e => e.EventType == EventType.WorkflowExecutionSignaled).Select(e => e.WorkflowExecutionSignaledEventAttributes.SignalName).ToList()));
    }

    [Fact]
    public async Task After_a_failed_commit_the_workflow_task_is_handed_out_again()
    {
        var run = await StartAsync();
        store.FailNext = true;
        await Assert.ThrowsAsync<RpcFailure>(() => SignalAsync(run, "lost"));

        var task = await engine.Queues.PollAsync(
            new(NamespaceId, "queue", TaskQueueType.Workflow), new("worker"), DateTimeOffset.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(3, Assert.IsType<PollWorkflowTaskQueueResponse>(task).StartedEventId);
    }

    private async Task<RunRef> StartAsync()
    {
        var order = new StartOrder(
            new() { WorkflowId = "wf", WorkflowType = new() { Name = "Sample" }, TaskQueue = new() { Name = "queue" }, WorkflowTaskTimeout = TimeSpan.FromSeconds(10).AsDuration() },
            "request");
        return (await engine.StartAsync(NamespaceId, order)).Execution.Ref;
    }

    private Task SignalAsync(RunRef run, string name) => engine.ChangeAsync(run, (execution, tx) => execution.Signal(tx, new() { SignalName = name }));

    /// <summary>The in-memory store, whose next commit can be made to fail.</summary>
    private sealed class FailingStore : IStore
    {
        private readonly InMemoryStore inner = new();

        public bool FailNext { get; set; }

        public Task<StoreOpening> OpenAsync(CancellationToken cancel) => inner.OpenAsync(cancel);

        public Task CommitAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancel)
        {
            if (FailNext)
            {
                FailNext = false;
                throw new IOException("the disk is full");
            }

            return inner.CommitAsync(writes, cancel);
        }

        public IAsyncEnumerable<OpenRun> LoadOpenAsync(CancellationToken cancel) => inner.LoadOpenAsync(cancel);

        public Task<StoredExecution?> LoadAsync(string namespaceId, string workflowId, string? runId, CancellationToken cancel) =>
            inner.LoadAsync(namespaceId, workflowId, runId, cancel);

        public Task<IReadOnlyList<StoredBatch>> LoadHistoryAsync(string namespaceId, string workflowId, string runId, CancellationToken cancel) =>
            inner.LoadHistoryAsync(namespaceId, workflowId, runId, cancel);

        public Task<VisibilityPage> ListAsync(VisibilityQuery query, CancellationToken cancel) => inner.ListAsync(query, cancel);

        public Task<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancel) => inner.CountAsync(query, cancel);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
