using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ccn.TemporalServer.Tests.Storage;

/// <summary>Ordered group commit, seen by a store that tests hold back or let fail.</summary>
public sealed class CommitPipelineTests : IAsyncLifetime
{
    private readonly GatedStore store = new();
    private readonly ServerMetrics metrics = new();
    private CommitPipeline pipeline = null!;

    public ValueTask InitializeAsync()
    {
        pipeline = new(store, metrics, NullLogger<CommitPipeline>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        store.Open();
        await pipeline.DisposeAsync();
        metrics.Dispose();
    }

    [Fact]
    public async Task An_answer_waits_for_its_commit()
    {
        var append = pipeline.AppendAsync([Offset(1)]);
        await store.Entered();

        Assert.False(append.IsCompleted);
        store.Open();
        await append;
        Assert.Equal([1], store.Offsets);
    }

    [Fact]
    public async Task What_queues_behind_a_commit_is_written_in_order_in_transactions_of_at_most_64_transitions()
    {
        var appends = new List<Task> { pipeline.AppendAsync([Offset(0)]) };
        await store.Entered();
        appends.AddRange(Enumerable.Range(1, 100).Select(i => pipeline.AppendAsync([Offset(i), Offset(i)])));
        store.Open();
        await Task.WhenAll(appends);

        Assert.Equal([1, 128, 72], store.Commits.Select(c => c.Count));
        Assert.Equal([0, .. Enumerable.Range(1, 100).SelectMany(i => new[] { i, i })], store.Offsets);
    }

    [Fact]
    public async Task A_failed_commit_fails_all_that_is_queued_behind_it_and_then_the_pipeline_goes_on()
    {
        var failures = new List<Exception>();
        pipeline.Failed += failures.Add;
        store.FailNext = new InvalidOperationException("disk full");
        var first = pipeline.AppendAsync([Offset(1)]);
        await store.Entered();
        var second = pipeline.AppendAsync([Offset(2)]);
        store.Open();

        var e1 = await Assert.ThrowsAsync<RpcFailure>(() => first);
        var e2 = await Assert.ThrowsAsync<RpcFailure>(() => second);
        await pipeline.AppendAsync([Offset(3)]);

        Assert.Equal((StatusCode.Unavailable, StatusCode.Unavailable), (e1.Code, e2.Code));
        Assert.Equal("disk full", Assert.Single(failures).Message);
        Assert.Equal([3], store.Offsets);
    }

    [Fact]
    public async Task While_the_failure_is_told_nothing_can_be_appended_to_what_is_void()
    {
        Task? during = null;
        pipeline.Failed += _ => during = pipeline.AppendAsync([Offset(2)]);
        store.FailNext = new InvalidOperationException("disk full");
        store.Open();
        await Assert.ThrowsAsync<RpcFailure>(() => pipeline.AppendAsync([Offset(1)]));

        Assert.NotNull(during);
        await Assert.ThrowsAsync<RpcFailure>(() => during);
        Assert.Empty(store.Offsets);
    }

    [Fact]
    public async Task Disposing_writes_what_is_queued_and_refuses_what_comes_later()
    {
        var append = pipeline.AppendAsync([Offset(1)]);
        store.Open();
        await pipeline.DisposeAsync();

        await append;
        var refused = await Assert.ThrowsAsync<RpcFailure>(() => pipeline.AppendAsync([Offset(2)]));
        Assert.Equal("server is shutting down", refused.Message);
        Assert.Equal([1], store.Offsets);
    }

    private static ClockWrite Offset(int seconds) => new(TimeSpan.FromSeconds(seconds));

    /// <summary>Commits wait at a gate until the test opens it; the next one may be told to fail.</summary>
    private sealed class GatedStore : IStore
    {
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<IReadOnlyList<StoreWrite>> Commits { get; } = [];

        public IEnumerable<int> Offsets => Commits.SelectMany(c => c).Select(w => (int)((ClockWrite)w).Offset.TotalSeconds);

        public Exception? FailNext { get; set; }

        public void Open() => gate.TrySetResult();

        public Task Entered() => entered.Task;

        public async Task CommitAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancel)
        {
            entered.TrySetResult();
            await gate.Task;
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }

            Commits.Add(writes);
        }

        public Task<StoreOpening> OpenAsync(CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<OpenRun> LoadOpenAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<StoredExecution?> LoadAsync(string namespaceId, string workflowId, string? runId, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredBatch>> LoadHistoryAsync(string namespaceId, string workflowId, string runId, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<VisibilityPage> ListAsync(VisibilityQuery query, CancellationToken cancel) => throw new NotSupportedException();

        public Task<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
