using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Schedules;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>
/// Removes what a deleted namespace holds: schedules first, which would start more, then runs, then its own row. Each step
/// may be repeated, so a server that stops in between goes on at its next start.
/// </summary>
internal sealed class NamespaceRemoval(
    NamespaceRegistry namespaces, WorkflowEngine engine, ScheduleRegistry schedules, CommitPipeline pipeline, IStore store) : IServerPart
{
    private const int PageSize = 200;

    /// <inheritdoc/>
    public Task StartAsync(StoreOpening opening, CancellationToken cancel)
    {
        foreach (var ns in namespaces.Deleted)
        {
            Begin(ns);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync() => Task.CompletedTask;

    /// <summary>Begins to remove it, in the background.</summary>
    public void Begin(NamespaceRecord ns) => engine.Background(() => RemoveAsync(ns.Id));

    private async Task RemoveAsync(string namespaceId)
    {
        foreach (var schedule in schedules.Of(namespaceId))
        {
            await schedules.DeleteAsync(schedule);
        }

        engine.DropNamespace(namespaceId);
        while (await store.ListAsync(new(namespaceId, null, PageSize, null), CancellationToken.None) is { Hits: { Count: > 0 } hits })
        {
            await pipeline.AppendAsync([.. hits.Select(run => new ExecutionDelete(namespaceId, run.WorkflowId, run.RunId))]);
        }

        await pipeline.AppendAsync([new NamespaceDelete(namespaceId)]);
    }
}
