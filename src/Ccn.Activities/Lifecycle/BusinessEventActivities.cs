using Ccn.Data;
using Ccn.Data.Lifecycle;
using Ccn.Data.Notifications;
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
        // A notice of a saved search is the design's and not the event's.
        var (ids, designs) = (events.Select(e => e.EventId).ToArray(), events.Select(e => e.DesignId).OfType<string>().ToArray());
        if (await db.NoticeDeliveries.AnyAsync(delivery => delivery.SentAt == null && delivery.Failure == null && (ids.Contains(delivery.EventId)
            || db.Notices.Any(notice => notice.UserId == delivery.UserId && notice.EventId == delivery.EventId && notice.Type == SearchNotices.Type && designs.Contains(notice.DesignId))), ActivityFailures.Cancel))
        {
            await NoticesDue.SignalAsync(temporal);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stored {Added} business events; {Repeated} were stored before.")]
    private partial void LogAppended(int added, int repeated);
}
