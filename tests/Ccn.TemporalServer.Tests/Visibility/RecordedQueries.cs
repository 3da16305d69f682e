using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Visibility;

/// <summary>The recorded queries: eight workflows on a real server, and what it answered to each query about them.</summary>
internal static class RecordedQueries
{
    private const string NamespaceId = "golden-vis";
    private static readonly DateTimeOffset Begin = new(2026, 11, 25, 18, 1, 52, TimeSpan.Zero);

    private static readonly Dictionary<string, IndexedValueType> Custom = new(StringComparer.Ordinal)
    {
        ["GKeyword"] = IndexedValueType.Keyword,
        ["GInt"] = IndexedValueType.Int,
        ["GDouble"] = IndexedValueType.Double,
        ["GBool"] = IndexedValueType.Bool,
        ["GDatetime"] = IndexedValueType.Datetime,
        ["GText"] = IndexedValueType.Text,
        ["GList"] = IndexedValueType.KeywordList,
    };

    /// <summary>Puts the runs of the recording into a store.</summary>
    public static async Task FillAsync(IStore store, CancellationToken cancel)
    {
        var recorded = Read()["startedInThisOrder"]!.AsArray();
        await store.CommitAsync(
            [
                Run(recorded, "order-1", WorkflowExecutionStatus.Completed, start: 0, seconds: 0.04, events: 5, built: true),
                Run(recorded, "order-2", WorkflowExecutionStatus.Failed, start: 0.1, seconds: 0.02, events: 5, built: true),
                Run(recorded, "order-3", WorkflowExecutionStatus.Terminated, start: 0.2, seconds: 0.01, events: 3),
                Run(recorded, "pay-1", WorkflowExecutionStatus.Canceled, start: 0.3, seconds: 0.02, events: 5, built: true),
                Run(recorded, "pay-2", WorkflowExecutionStatus.TimedOut, start: 0.4, seconds: 1.003, events: 3),
                Run(recorded, "pay-3", WorkflowExecutionStatus.ContinuedAsNew, start: 2, seconds: 0.02, events: 5, built: true),
                Run(recorded, "pay-3", WorkflowExecutionStatus.Running, start: 2.1, events: 2) with { RunId = "pay-3-second", Visibility = ContinuedRow() },
                Run(recorded, "run-1", WorkflowExecutionStatus.Running, start: 2.2, events: 2),
                Delayed(Run(recorded, "run-2", WorkflowExecutionStatus.Running, start: 2.3, events: 1)),
            ],
            cancel);
    }

    /// <summary>Asks everything and gives back what was answered differently.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(IStore store, CancellationToken cancel)
    {
        var differences = new List<string>();
        var recording = Read();
        foreach (var list in recording["list"]!.AsArray())
        {
            var query = (string)list!["query"]!;
            var expected = (string?)list["error"] ?? string.Join(", ", list["workflowIds"]?.AsArray().Select(id => (string)id!) ?? []);
            Compare(differences, "list", query, expected, await ListAsync(store, query, cancel));
        }

        foreach (var count in recording["count"]!.AsArray())
        {
            var query = (string)count!["query"]!;
            Compare(differences, "count", query, (string?)count["error"] ?? (string)count["groups"]!, await CountAsync(store, query, cancel));
        }

        return differences;
    }

    /// <summary>Binds a query as in the namespace of the recording.</summary>
    public static BoundQuery Bind(string query) => QueryBinder.Bind(query, name =>
        SystemSearchAttributes.Columns.TryGetValue(name, out var type) || SystemSearchAttributes.Predefined.TryGetValue(name, out type) || Custom.TryGetValue(name, out type)
            ? type
            : null);

    private static void Compare(List<string> differences, string what, string query, string expected, string actual)
    {
        if (expected != actual)
        {
            differences.Add($"{what} {query}\n    expected {expected}\n    was      {actual}");
        }
    }

    private static async Task<string> ListAsync(IStore store, string query, CancellationToken cancel)
    {
        try
        {
            var page = await store.ListAsync(new(NamespaceId, Bind(query).Filter), cancel);
            return string.Join(", ", page.Hits.Select(h => h.WorkflowId == "pay-3" ? $"{h.WorkflowId}/{h.Row.Status}" : h.WorkflowId));
        }
        catch (RpcFailure e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }

    private static async Task<string> CountAsync(IStore store, string query, CancellationToken cancel)
    {
        try
        {
            var bound = Bind(query);
            var count = await store.CountAsync(new(NamespaceId, bound.Filter, GroupByStatus: bound.GroupByStatus), cancel);
            return string.Join("; ", count.Groups.Select(g => $"\"{g.Status}\" Keyword json/plain={g.Count}").Prepend(count.Total.ToString()));
        }
        catch (RpcFailure e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }

    private static JsonObject Read() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "visibility-queries.json")))!.AsObject();

    private static ExecutionWrite Run(
        JsonArray recorded, string workflowId, WorkflowExecutionStatus status, double start, double? seconds = null, long events = 0, bool built = false)
    {
        var description = recorded.Single(r => (string)r!["workflowId"]! == workflowId)!;
        var attributes = new SearchAttributes();
        foreach (var (name, value) in description["searchAttributes"]!.AsObject())
        {
            attributes.IndexedFields[name] = SearchAttributeValues.Encode(JsonSerializer.SerializeToElement(value), Custom[name]);
        }

        if (built)
        {
            attributes.IndexedFields["BuildIds"] = SearchAttributeValues.Encode(new[] { "unversioned" }, IndexedValueType.KeywordList);
        }

        var begin = Begin.AddSeconds(start);
        var row = new VisibilityRow(
            (string)description["type"]!,
            (string)description["taskQueue"]!,
            status,
            begin,
            begin,
            seconds is { } s ? begin.AddSeconds(s) : null,
            events,
            HistorySizeBytes: 500,
            StateTransitionCount: built ? 3 : 2,
            FirstRunId: workflowId + "-first",
            ParentWorkflowId: null,
            ParentRunId: null,
            RootWorkflowId: workflowId,
            RootRunId: workflowId + "-first",
            Memo: null,
            attributes);
        return new(NamespaceId, workflowId, workflowId + "-first", IsNew: true, IsCurrent: true, State: [], FirstEventId: 1, Events: null, row, NextDue: null);
    }

    /// <summary>Continue-as-new carries no search attributes over.</summary>
    private static VisibilityRow ContinuedRow() => Storage.Runs.Row(start: Begin.AddSeconds(2.1), type: "Payment") with
    {
        TaskQueue = "q-pay3",
        RootWorkflowId = "pay-3",
        SearchAttributes = null,
    };

    private static ExecutionWrite Delayed(ExecutionWrite write) =>
        write with { Visibility = write.Visibility with { ExecutionTime = write.Visibility.StartTime.AddDays(1) } };
}
