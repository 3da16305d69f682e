using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>
/// What lists, counts and queries see of one run. It is written with every transition, so a list that follows an
/// answered request shows its effect. The messages in it are not changed after they were handed over.
/// </summary>
/// <param name="WorkflowType">Workflow type name.</param>
/// <param name="TaskQueue">Task queue name.</param>
/// <param name="Status">Status; open runs are <c>Running</c> or <c>Paused</c>.</param>
/// <param name="StartTime">When the run was started (server clock, as all instants here).</param>
/// <param name="ExecutionTime">Start plus the backoff before the first workflow task.</param>
/// <param name="CloseTime">When it closed; null while open.</param>
/// <param name="HistoryLength">Number of events; shown and queried only when closed.</param>
/// <param name="HistorySizeBytes">Size of the history; shown and queried only when closed.</param>
/// <param name="StateTransitionCount">Number of transitions; shown and queried only when closed.</param>
/// <param name="FirstRunId">Run ID of the first run of the chain.</param>
/// <param name="ParentWorkflowId">Workflow ID of the parent; null for a run without one.</param>
/// <param name="ParentRunId">Run ID of the parent; null for a run without one.</param>
/// <param name="RootWorkflowId">Workflow ID of the root of the tree; its own when it has no parent.</param>
/// <param name="RootRunId">Run ID of the root of the tree.</param>
/// <param name="Memo">Memo; null when there is none.</param>
/// <param name="SearchAttributes">
/// Custom and server-written search attributes (BuildIds, BinaryChecksums, TemporalScheduledById, …), each payload with
/// its metadata <c>type</c>, as <see cref="Namespaces.SearchAttributeRegistry"/> returns them; null when there are none.
/// </param>
internal sealed record VisibilityRow(
    string WorkflowType,
    string TaskQueue,
    WorkflowExecutionStatus Status,
    DateTimeOffset StartTime,
    DateTimeOffset ExecutionTime,
    DateTimeOffset? CloseTime,
    long HistoryLength,
    long HistorySizeBytes,
    long StateTransitionCount,
    string FirstRunId,
    string? ParentWorkflowId,
    string? ParentRunId,
    string RootWorkflowId,
    string RootRunId,
    Memo? Memo,
    SearchAttributes? SearchAttributes);
