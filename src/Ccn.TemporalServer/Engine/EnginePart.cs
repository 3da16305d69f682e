using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;

namespace Ccn.TemporalServer.Engine;

/// <summary>Sets the stored runs going before the port opens, and stops their timers when the server stops.</summary>
internal sealed class EnginePart(WorkflowEngine engine, ServerMetrics metrics) : IServerPart
{
    /// <inheritdoc/>
    public Task StartAsync(StoreOpening opening, CancellationToken cancel)
    {
        metrics.ObserveRuns(() => engine.Resident, () => engine.Asleep);
        return engine.RecoverAsync(opening.Epoch);
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        engine.Stop();
        return Task.CompletedTask;
    }
}
