using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Storage;

/// <summary>Writes of runs with everything filled in, for tests to vary.</summary>
internal static class Runs
{
    public const string NamespaceId = "11111111-2222-3333-4444-555555555555";

    public static DateTimeOffset Noon { get; } = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public static VisibilityRow Row(
        WorkflowExecutionStatus status = WorkflowExecutionStatus.Running, DateTimeOffset? start = null, DateTimeOffset? close = null, string type = "Deposit") => new(
        type,
        "ccn-lifecycle",
        status,
        start ?? Noon,
        start ?? Noon,
        close ?? (status is WorkflowExecutionStatus.Running ? null : (start ?? Noon).AddSeconds(5)),
        HistoryLength: 5,
        HistorySizeBytes: 500,
        StateTransitionCount: 3,
        FirstRunId: "first",
        ParentWorkflowId: null,
        ParentRunId: null,
        RootWorkflowId: "root",
        RootRunId: "root-run",
        Memo: new Memo { Fields = { ["m"] = new Payload { Data = ByteString.CopyFromUtf8("\"memo\"") } } },
        SearchAttributes: new SearchAttributes { IndexedFields = { ["CcnStage"] = SearchAttributeValues.Encode("voting", IndexedValueType.Keyword) } });

    public static ExecutionWrite Started(string workflowId, string runId, VisibilityRow? row = null) => new(
        NamespaceId, workflowId, runId, IsNew: true, IsCurrent: true, State: [1, 2, 3], FirstEventId: 1, Events: [10, 11], row ?? Row(), NextDue: Noon.AddHours(1));

    public static ExecutionWrite Next(ExecutionWrite before, byte state, long firstEventId, VisibilityRow? row = null) =>
        before with { IsNew = false, State = [state], FirstEventId = firstEventId, Events = [state], Visibility = row ?? before.Visibility, NextDue = null };
}
