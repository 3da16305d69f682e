using Ccn.Data;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Lifecycle;

/// <inheritdoc cref="IBusinessEventActivities"/>
internal sealed partial class BusinessEventActivities(CcnDbContext db, ILogger<BusinessEventActivities> logger) : IBusinessEventActivities
{
    public async Task AppendAsync(IReadOnlyList<BusinessEvent> events)
    {
        var added = await EventStore.AppendAsync(db, events, ActivityFailures.Cancel);
        LogAppended(added, events.Count - added);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stored {Added} business events; {Repeated} were stored before.")]
    private partial void LogAppended(int added, int repeated);
}
