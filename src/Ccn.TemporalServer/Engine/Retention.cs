using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Grpc.Core;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// Removes runs when they have been closed for as long as their namespace keeps them. It looks once a minute of the real
/// clock, and counts by the server's.
/// </summary>
internal sealed class Retention(WorkflowEngine engine, NamespaceRegistry namespaces, IStore store) : IServerPart, IDisposable
{
    private const int PageSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly VisibilityField CloseTime = new("CloseTime", SystemSearchAttributes.Columns["CloseTime"], IsColumn: true);

    private readonly CancellationTokenSource stop = new();
    private Task sweeping = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(StoreOpening opening, CancellationToken cancel)
    {
        sweeping = SweepRepeatedlyAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await sweeping;
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <summary>Removes what is due now.</summary>
    public async Task SweepAsync(CancellationToken cancel)
    {
        foreach (var ns in namespaces.All)
        {
            var id = ns.NamespaceInfo.Id;
            var before = engine.Clock.GetUtcNow() - engine.Retention(id);
            var due = new VisibilityFilter.Comparison(CloseTime, ComparisonOperator.LessOrEqual, before);
            VisibilityPosition? after = null;
            do
            {
                var page = await store.ListAsync(new(id, due, PageSize, after), cancel);
                foreach (var run in page.Hits)
                {
                    cancel.ThrowIfCancellationRequested();
                    await RemoveAsync(id, run);
                }

                after = page.Next;
            }
            while (after is not null);
        }
    }

    private async Task RemoveAsync(string namespaceId, VisibilityHit run)
    {
        try
        {
            await engine.DeleteAsync(namespaceId, run.WorkflowId, run.RunId);
        }
        catch (RpcFailure gone) when (gone.Code == StatusCode.NotFound)
        {
            // somebody deleted it meanwhile
        }
    }

    private async Task SweepRepeatedlyAsync()
    {
        using var timer = new PeriodicTimer(Interval, engine.Real);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                try
                {
                    await SweepAsync(stop.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    engine.Background(() => Task.FromException(e));   // logged there; the next minute tries again
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the server stops
        }
    }
}
