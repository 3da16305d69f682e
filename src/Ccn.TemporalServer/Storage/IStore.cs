using Ccn.TemporalServer.Visibility;

namespace Ccn.TemporalServer.Storage;

/// <summary>
/// Where the server keeps what must outlive it. One writer (<see cref="CommitPipeline"/>) calls <see cref="CommitAsync"/>;
/// reads may come from anywhere at any time after <see cref="OpenAsync"/>.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Takes the fence, so that no other process writes, and reads what is needed before the first request.</summary>
    Task<StoreOpening> OpenAsync(CancellationToken cancel);

    /// <summary>Writes everything in one transaction, in order, all or nothing. Throws when the fence was lost.</summary>
    Task CommitAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancel);

    /// <summary>At boot: every execution that is still open, in order of its start.</summary>
    IAsyncEnumerable<OpenRun> LoadOpenAsync(CancellationToken cancel);

    /// <summary>One execution; without a run ID the current run of that workflow ID (which may be closed). Null when there is none.</summary>
    Task<StoredExecution?> LoadAsync(string namespaceId, string workflowId, string? runId, CancellationToken cancel);

    /// <summary>The history of one run, a batch for each transition that appended events, in order. Empty for an unknown run.</summary>
    Task<IReadOnlyList<StoredBatch>> LoadHistoryAsync(string namespaceId, string workflowId, string runId, CancellationToken cancel);

    /// <summary>One page of the executions that match, open ones first, then latest close, then latest start.</summary>
    Task<VisibilityPage> ListAsync(VisibilityQuery query, CancellationToken cancel);

    /// <summary>How many executions match, on request by execution status.</summary>
    Task<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancel);
}
