using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>A checked question to a store.</summary>
/// <param name="NamespaceId">Namespace whose runs are asked for.</param>
/// <param name="Filter">Condition on the runs; null for all.</param>
/// <param name="PageSize">Most rows a list returns; at least 1. Counts ignore it.</param>
/// <param name="After">Position behind which a list goes on; null for the first page.</param>
/// <param name="GroupByStatus">For counts: one group per execution status.</param>
internal sealed record VisibilityQuery(
    string NamespaceId,
    VisibilityFilter? Filter = null,
    int PageSize = 1000,
    VisibilityPosition? After = null,
    bool GroupByStatus = false);

/// <summary>Where a page ended: the sort key of its last row. A null close time is an open run.</summary>
internal sealed record VisibilityPosition(DateTimeOffset? CloseTime, DateTimeOffset StartTime, string RunId);

/// <summary>One run of a list.</summary>
internal sealed record VisibilityHit(string WorkflowId, string RunId, VisibilityRow Row);

/// <summary>A page of a list; <paramref name="Next"/> is null on the last one.</summary>
internal sealed record VisibilityPage(IReadOnlyList<VisibilityHit> Hits, VisibilityPosition? Next);

/// <summary>A count, and its parts when they were asked for (statuses that occur only).</summary>
internal sealed record VisibilityCount(long Total, IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> Groups);
