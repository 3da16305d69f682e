using Ccn.TemporalServer.Visibility;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>What a store says when it is opened.</summary>
/// <param name="Epoch">Number of this opening, one more than the last; goes into task tokens, so that old ones are known as such.</param>
/// <param name="ClockOffset">Server clock minus real clock, as last written.</param>
/// <param name="Namespaces">Serialized <c>DescribeNamespaceResponse</c>s.</param>
/// <param name="SearchAttributes">Custom search attributes of all namespaces.</param>
/// <param name="Schedules">Schedules of all namespaces.</param>
internal sealed record StoreOpening(
    long Epoch,
    TimeSpan ClockOffset,
    IReadOnlyList<byte[]> Namespaces,
    IReadOnlyList<StoredSearchAttribute> SearchAttributes,
    IReadOnlyList<StoredSchedule> Schedules);

/// <summary>A custom search attribute of one namespace.</summary>
internal sealed record StoredSearchAttribute(string NamespaceId, string Name, IndexedValueType Type);

/// <summary>A schedule as last committed; its state is opaque to the store.</summary>
internal sealed record StoredSchedule(string NamespaceId, string ScheduleId, byte[] State);

/// <summary>A run as last committed.</summary>
internal sealed record StoredExecution(
    string NamespaceId,
    string WorkflowId,
    string RunId,
    bool IsCurrent,
    byte[] State,
    VisibilityRow Visibility,
    DateTimeOffset? NextDue);

/// <summary>An open run, as far as a starting server must know it.</summary>
/// <param name="NamespaceId">Namespace id.</param>
/// <param name="WorkflowId">Workflow ID.</param>
/// <param name="RunId">Run ID.</param>
/// <param name="NextDue">Earliest instant (server clock) at which a timer of it fires; null for none.</param>
/// <param name="MustResume">True when it has work to hand out or is tied to other runs, and so must be loaded.</param>
internal sealed record OpenRun(string NamespaceId, string WorkflowId, string RunId, DateTimeOffset? NextDue, bool MustResume);

/// <summary>The events of one transition: a serialized <c>History</c> that begins at <paramref name="FirstEventId"/>.</summary>
internal sealed record StoredBatch(long FirstEventId, byte[] Events);
