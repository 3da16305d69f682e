using System.Runtime.CompilerServices;
using Ccn.TemporalServer.Visibility;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>Keeps everything in this process: for tests, time skipping and short-lived development servers.</summary>
internal sealed class InMemoryStore : IStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string NamespaceId, string WorkflowId), Chain> chains = [];
    private readonly Dictionary<string, byte[]> namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(string NamespaceId, string Name), IndexedValueType> searchAttributes = [];
    private readonly Dictionary<(string NamespaceId, string ScheduleId), byte[]> schedules = [];
    private TimeSpan clockOffset;
    private long epoch;

    /// <inheritdoc/>
    public Task<StoreOpening> OpenAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            return Task.FromResult(new StoreOpening(
                ++epoch,
                clockOffset,
                [.. namespaces.Values],
                [.. searchAttributes.Select(a => new StoredSearchAttribute(a.Key.NamespaceId, a.Key.Name, a.Value))],
                [.. schedules.Select(s => new StoredSchedule(s.Key.NamespaceId, s.Key.ScheduleId, s.Value))]));
        }
    }

    /// <inheritdoc/>
    public Task CommitAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancel)
    {
        lock (gate)
        {
            // All or nothing: what can be refused is checked before anything is changed.
            CheckKeys(writes);
            foreach (var write in writes)
            {
                Apply(write);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OpenRun> LoadOpenAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        List<OpenRun> open;
        lock (gate)
        {
            open =
            [
                .. AllRuns().Select(r => r.Last).Where(r => r.Visibility.CloseTime is null).OrderBy(r => r.Visibility.StartTime)
                    .Select(r => new OpenRun(r.NamespaceId, r.WorkflowId, r.RunId, r.NextDue, r.MustResume)),
            ];
        }

        foreach (var run in open)
        {
            yield return run;
        }
    }

    /// <inheritdoc/>
    public Task<StoredExecution?> LoadAsync(string namespaceId, string workflowId, string? runId, CancellationToken cancel)
    {
        lock (gate)
        {
            return Task.FromResult(FindRun(namespaceId, workflowId, runId) is { } run ? ToStored(run) : null);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredBatch>> LoadHistoryAsync(string namespaceId, string workflowId, string runId, CancellationToken cancel)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<StoredBatch>>(FindRun(namespaceId, workflowId, runId) is { } run ? [.. run.History] : []);
        }
    }

    /// <inheritdoc/>
    public Task<VisibilityPage> ListAsync(VisibilityQuery query, CancellationToken cancel)
    {
        List<VisibilityHit> hits;
        lock (gate)
        {
            hits = [.. Matching(query).Where(h => query.After is null || VisibilityOrder.Compare(query.After, PositionOf(h)) < 0)];
        }

        hits.Sort((a, b) => VisibilityOrder.Compare(PositionOf(a), PositionOf(b)));
        return Task.FromResult(hits.Count < query.PageSize
            ? new VisibilityPage(hits, null)
            : new VisibilityPage(hits[..query.PageSize], PositionOf(hits[query.PageSize - 1])));
    }

    /// <inheritdoc/>
    public Task<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancel)
    {
        lock (gate)
        {
            var byStatus = Matching(query).CountBy(h => h.Row.Status).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Value)).ToList();
            return Task.FromResult(new VisibilityCount(byStatus.Sum(g => g.Item2), query.GroupByStatus ? byStatus : []));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void CheckKeys(IReadOnlyList<StoreWrite> writes)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in writes.OfType<ExecutionWrite>())
        {
            var exists = made.Contains(write.RunId) || FindRun(write.NamespaceId, write.WorkflowId, write.RunId) is not null;
            if (exists == write.IsNew)
            {
                throw new InvalidOperationException(write.IsNew ? $"Run {write.RunId} exists already." : $"Run {write.RunId} does not exist.");
            }

            made.Add(write.RunId);
        }
    }

    private void Apply(StoreWrite write)
    {
        switch (write)
        {
            case ExecutionWrite execution:
                Apply(execution);
                break;
            case ExecutionDelete(var namespaceId, var workflowId, var runId):
                Delete(namespaceId, workflowId, runId);
                break;
            case NamespaceWrite(var bytes):
                namespaces[DescribeNamespaceResponse.Parser.ParseFrom(bytes).NamespaceInfo.Id] = bytes;
                break;
            case NamespaceDelete(var namespaceId):
                namespaces.Remove(namespaceId);
                RemoveOf(searchAttributes, key => key.NamespaceId == namespaceId);
                RemoveOf(schedules, key => key.NamespaceId == namespaceId);
                break;
            case SearchAttributeWrite { Type: { } type } added:
                searchAttributes[(added.NamespaceId, added.Name)] = type;
                break;
            case SearchAttributeWrite removed:
                searchAttributes.Remove((removed.NamespaceId, removed.Name));
                break;
            case ScheduleWrite { State: { } state } schedule:
                schedules[(schedule.NamespaceId, schedule.ScheduleId)] = state;
                break;
            case ScheduleWrite removed:
                schedules.Remove((removed.NamespaceId, removed.ScheduleId));
                break;
            case ClockWrite(var offset):
                clockOffset = offset;
                break;
            default:
                throw new NotSupportedException(write.GetType().Name);
        }
    }

    private void Apply(ExecutionWrite write)
    {
        var key = (write.NamespaceId, write.WorkflowId);
        if (!chains.TryGetValue(key, out var chain))
        {
            chains[key] = chain = new Chain();
        }

        if (!chain.Runs.TryGetValue(write.RunId, out var run))
        {
            chain.Runs[write.RunId] = run = new Run(write);
        }

        run.Last = write with { Events = null };
        if (write.Events is { } events)
        {
            run.History.Add(new(write.FirstEventId, events));
        }

        if (write is { IsNew: true, IsCurrent: true })
        {
            chain.CurrentRunId = write.RunId;
        }
        else if (!write.IsCurrent && chain.CurrentRunId == write.RunId)
        {
            chain.CurrentRunId = null;
        }
    }

    private void Delete(string namespaceId, string workflowId, string runId)
    {
        if (!chains.TryGetValue((namespaceId, workflowId), out var chain) || !chain.Runs.Remove(runId))
        {
            return;
        }

        if (chain.Runs.Count == 0)
        {
            chains.Remove((namespaceId, workflowId));
        }
        else if (chain.CurrentRunId == runId)
        {
            chain.CurrentRunId = chain.Runs.Values.MaxBy(r => (r.Last.Visibility.StartTime, r.Last.RunId))!.Last.RunId;
        }
    }

    private static void RemoveOf<TKey, TValue>(Dictionary<TKey, TValue> rows, Func<TKey, bool> match)
        where TKey : notnull
    {
        foreach (var key in rows.Keys.Where(match).ToList())
        {
            rows.Remove(key);
        }
    }

    private Run? FindRun(string namespaceId, string workflowId, string? runId) =>
        chains.TryGetValue((namespaceId, workflowId), out var chain) && (runId ?? chain.CurrentRunId) is { } id
            ? chain.Runs.GetValueOrDefault(id)
            : null;

    private IEnumerable<Run> AllRuns() => chains.Values.SelectMany(c => c.Runs.Values);

    private IEnumerable<VisibilityHit> Matching(VisibilityQuery query) => AllRuns()
        .Where(r => r.Last.NamespaceId == query.NamespaceId)
        .Select(r => new VisibilityHit(r.Last.WorkflowId, r.Last.RunId, r.Last.Visibility))
        .Where(h => query.Filter is null || VisibilityEvaluator.Matches(query.Filter, h));

    private StoredExecution ToStored(Run run) => new(
        run.Last.NamespaceId,
        run.Last.WorkflowId,
        run.Last.RunId,
        chains[(run.Last.NamespaceId, run.Last.WorkflowId)].CurrentRunId == run.Last.RunId,
        run.Last.State,
        run.Last.Visibility,
        run.Last.NextDue);

    private static VisibilityPosition PositionOf(VisibilityHit hit) => new(hit.Row.CloseTime, hit.Row.StartTime, hit.RunId);

    /// <summary>All runs of one workflow ID.</summary>
    private sealed class Chain
    {
        public Dictionary<string, Run> Runs { get; } = new(StringComparer.Ordinal);

        public string? CurrentRunId { get; set; }
    }

    private sealed class Run(ExecutionWrite first)
    {
        public ExecutionWrite Last { get; set; } = first;

        public List<StoredBatch> History { get; } = [];
    }
}
