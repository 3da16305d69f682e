using Google.Protobuf;

namespace Ccn.TemporalServer.Matching;

/// <summary>
/// A task that waits for a worker. It is started by the poll that gets it: <paramref name="start"/> makes the answer of
/// that poll, or null when the task is no longer due (then the poll waits on).
/// </summary>
internal sealed class QueuedTask(Func<PollerIdentity, Task<IMessage?>> start)
{
    /// <summary>When it was queued (server clock): what backlog ages are counted from.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Starts the task for a poller.</summary>
    public Task<IMessage?> StartAsync(PollerIdentity poller) => start(poller);
}

/// <summary>Who polls.</summary>
/// <param name="Identity">Identity as histories record it.</param>
/// <param name="WorkerInstanceKey">Key of the worker process's worker; empty for old SDKs.</param>
/// <param name="BuildId">Build ID of the worker's code; empty when it told none.</param>
/// <param name="UsesVersioning">True when the worker asked for versioning by build ID.</param>
internal sealed record PollerIdentity(string Identity, string WorkerInstanceKey = "", string BuildId = "", bool UsesVersioning = false);

/// <summary>A poller as DescribeTaskQueue shows it.</summary>
internal sealed record SeenPoller(PollerIdentity Poller, DateTimeOffset LastAccess, double RatePerSecond);
