using Ccn.Domain.Events;

namespace Ccn.Data.Lifecycle;

/// <summary>An event with its place in the store.</summary>
internal sealed record StoredEvent(long Sequence, string EventId, string? DesignId, string Source, DateTimeOffset OccurredAt, string? ActorId, EventData Data)
{
    public Stamp Stamp => new(OccurredAt, Sequence);

    /// <summary>The workflow that told it: event ids are a workflow id, a colon and a step.</summary>
    public string WorkflowId => EventId.Split(':', 2)[0];
}
