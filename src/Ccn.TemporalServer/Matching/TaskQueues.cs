using System.Collections.Concurrent;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Matching;

/// <summary>
/// Brings tasks and polls together. Nothing here is stored: after a restart the engine queues again what is pending.
/// Waiting and "seen lately" are on the real clock, because workers are.
/// </summary>
internal sealed class TaskQueues(TimeProvider real, TimeProvider server)
{
    private static readonly TimeSpan ForgetShutdownAfter = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<TaskQueueKey, TaskQueue> queues = new();
    private readonly ConcurrentDictionary<(string NamespaceId, string WorkerInstanceKey), DateTimeOffset> shutDown = new();

    /// <summary>Queues a task, or hands it to a poll that waits already.</summary>
    public void Add(TaskQueueKey key, Func<PollerIdentity, Task<IMessage?>> start) =>
        Get(key).Add(new QueuedTask(start) { QueuedAt = server.GetUtcNow() });

    /// <summary>Waits for a task until the given instant (real clock). Null when there was none.</summary>
    public Task<IMessage?> PollAsync(TaskQueueKey key, PollerIdentity poller, DateTimeOffset until, CancellationToken cancel) =>
        poller.WorkerInstanceKey.Length > 0 && shutDown.ContainsKey((key.NamespaceId, poller.WorkerInstanceKey))
            ? Task.FromResult<IMessage?>(null)
            : Get(key).PollAsync(poller, until, cancel);

    /// <summary>True when a poll waits on the queue or did so within the given time.</summary>
    public bool HasRecentPoller(TaskQueueKey key, TimeSpan within) =>
        queues.TryGetValue(key, out var queue) && queue.HasRecentPoller(within);

    /// <summary>The pollers of the last five minutes.</summary>
    public IReadOnlyList<SeenPoller> Pollers(TaskQueueKey key) => queues.TryGetValue(key, out var queue) ? queue.Pollers() : [];

    /// <summary>Number of tasks that wait, and since when the oldest does (server clock).</summary>
    public (long Count, DateTimeOffset? OldestSince) Backlog(TaskQueueKey key) =>
        queues.TryGetValue(key, out var queue) ? queue.Backlog() : (0, null);

    /// <summary>
    /// Answers the parked polls of a worker that stops, so that no task is handed to a stream that is about to close:
    /// those on its sticky queue, and those that carry its instance key. Later polls with that key return at once.
    /// </summary>
    public void ShutDownWorker(string namespaceId, string stickyQueue, string workerInstanceKey)
    {
        if (workerInstanceKey.Length > 0)
        {
            shutDown[(namespaceId, workerInstanceKey)] = real.GetUtcNow();
        }

        foreach (var (key, queue) in queues)
        {
            if (key.NamespaceId == namespaceId)
            {
                var sticky = stickyQueue.Length > 0 && key.Name == stickyQueue;
                queue.Release(p => sticky || (workerInstanceKey.Length > 0 && p.WorkerInstanceKey == workerInstanceKey), forgetPollers: sticky);
            }
        }

        foreach (var (key, at) in shutDown)
        {
            if (real.GetUtcNow() - at > ForgetShutdownAfter)
            {
                shutDown.TryRemove(key, out _);
            }
        }

        if (stickyQueue.Length > 0)
        {
            var key = new TaskQueueKey(namespaceId, stickyQueue, TaskQueueType.Workflow);
            if (queues.TryGetValue(key, out var queue) && queue.Backlog().Count == 0)
            {
                queues.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Gives up the queues of a deleted namespace; polls that wait are answered with nothing.</summary>
    public void Forget(string namespaceId)
    {
        foreach (var (key, queue) in queues.Where(q => q.Key.NamespaceId == namespaceId))
        {
            queues.TryRemove(new(key, queue));
            queue.Release(_ => true, forgetPollers: true);
        }
    }

    private TaskQueue Get(TaskQueueKey key) => queues.GetOrAdd(key, _ => new TaskQueue(real));
}
