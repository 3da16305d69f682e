using System.Collections.Concurrent;
using Ccn.Workflows.Notifications;

namespace Ccn.Workflows.Tests.Fakes;

/// <summary>What is due, by batch.</summary>
internal sealed class FakeNotices(CallLog log) : INoticeActivities
{
    /// <summary>Batches to come; none is an empty one.</summary>
    public ConcurrentQueue<NoticesDelivered> Batches { get; } = new();

    public async Task<NoticesDelivered> DeliverAsync()
    {
        await log.AddAsync("deliver", "due");
        return Batches.TryDequeue(out var batch) ? batch : new(0, 0, false);
    }
}
