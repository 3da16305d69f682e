using Ccn.TemporalServer.Visibility;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>One change of the stored state. A transition is a list of them, committed together.</summary>
internal abstract record StoreWrite;

/// <summary>One transition of one run: its new mutable state, the events it appended and its visibility columns.</summary>
/// <param name="NamespaceId">Id (not name) of the namespace.</param>
/// <param name="WorkflowId">Workflow ID.</param>
/// <param name="RunId">Run ID.</param>
/// <param name="IsNew">True for the first write of the run, which must not exist yet; false for a run which must exist.</param>
/// <param name="IsCurrent">True for the current run of the workflow ID. A new run takes the mark from the one before; later writes may only give it up.</param>
/// <param name="State">Mutable state, opaque to the store.</param>
/// <param name="FirstEventId">Id of the first event in <paramref name="Events"/>; ignored when that is null.</param>
/// <param name="Events">Serialized <c>temporal.api.history.v1.History</c> of the events this transition appended; null for none.</param>
/// <param name="Visibility">What lists and counts show of this run.</param>
/// <param name="NextDue">Earliest instant (server clock) at which a timer of this run fires; null when nothing is pending.</param>
internal sealed record ExecutionWrite(
    string NamespaceId,
    string WorkflowId,
    string RunId,
    bool IsNew,
    bool IsCurrent,
    byte[] State,
    long FirstEventId,
    byte[]? Events,
    VisibilityRow Visibility,
    DateTimeOffset? NextDue) : StoreWrite
{
    /// <summary>True when a starting server must load the run even if no timer of it is due: see <see cref="OpenRun.MustResume"/>.</summary>
    public bool MustResume { get; init; } = true;
}

/// <summary>Removes a run with its history. When it was the current one, the latest started run left takes its place.</summary>
internal sealed record ExecutionDelete(string NamespaceId, string WorkflowId, string RunId) : StoreWrite;

/// <summary>Inserts or replaces a namespace: a serialized <c>DescribeNamespaceResponse</c>, whose info holds name and id.</summary>
internal sealed record NamespaceWrite(byte[] Namespace) : StoreWrite;

/// <summary>Removes a namespace with its search attributes and schedules; its runs were removed before.</summary>
internal sealed record NamespaceDelete(string NamespaceId) : StoreWrite;

/// <summary>Adds a custom search attribute to a namespace, or removes it when <paramref name="Type"/> is null.</summary>
internal sealed record SearchAttributeWrite(string NamespaceId, string Name, IndexedValueType? Type) : StoreWrite;

/// <summary>Inserts or replaces a schedule, or removes it when <paramref name="State"/> is null.</summary>
internal sealed record ScheduleWrite(string NamespaceId, string ScheduleId, byte[]? State) : StoreWrite;

/// <summary>Keeps how far the server clock is ahead of the real one, so that a restart does not turn time back.</summary>
internal sealed record ClockWrite(TimeSpan Offset) : StoreWrite;
