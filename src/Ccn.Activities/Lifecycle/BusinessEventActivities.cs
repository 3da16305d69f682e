using Ccn.Data;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Ccn.Activities.Lifecycle;

/// <inheritdoc cref="IBusinessEventActivities"/>
internal sealed partial class BusinessEventActivities(CcnDbContext db, ITemporalClient temporal, ILogger<BusinessEventActivities> logger) : IBusinessEventActivities
{
    public async Task AppendAsync(IReadOnlyList<BusinessEvent> events)
    {
        var added = await EventStore.AppendAsync(db, events, ActivityFailures.Cancel);
        LogAppended(added, events.Count - added);

        // Looked up and not remembered: an attempt that died between its commit and this signal is repeated, and then all events are known.
        var ids = events.Select(e => e.EventId).ToArray();
        if (await db.NoticeDeliveries.AnyAsync(delivery => ids.Contains(delivery.EventId) && delivery.SentAt == null && delivery.Failure == null, ActivityFailures.Cancel))
        {
            await NoticesDue.SignalAsync(temporal);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stored {Added} business events; {Repeated} were stored before.")]
    private partial void LogAppended(int added, int repeated);
}
