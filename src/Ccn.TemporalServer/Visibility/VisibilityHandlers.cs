using System.Text.Json;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Schedules;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>RPCs that list and count runs. Each sees every transition whose request was answered before.</summary>
internal sealed class VisibilityHandlers(NamespaceRegistry namespaces, SearchAttributeRegistry searchAttributes, ScheduleRegistry schedules, IStore store)
{
    private const int DefaultPageSize = 1000;
    private const int LargestPageSize = 10_000;

    /// <summary>Lists the runs that a query selects.</summary>
    public async Task<ListWorkflowExecutionsResponse> ListWorkflowExecutions(ListWorkflowExecutionsRequest request, RpcContext call)
    {
        var page = await ListAsync(request.Namespace, request.Query, request.PageSize, request.NextPageToken, call);
        var response = new ListWorkflowExecutionsResponse { NextPageToken = PageToken.Of(page.Next) };
        response.Executions.AddRange(page.Hits.Select(ExecutionInfo.Of));
        return response;
    }

    /// <summary>The same list under its old name.</summary>
    public async Task<ScanWorkflowExecutionsResponse> ScanWorkflowExecutions(ScanWorkflowExecutionsRequest request, RpcContext call)
    {
        var page = await ListAsync(request.Namespace, request.Query, request.PageSize, request.NextPageToken, call);
        var response = new ScanWorkflowExecutionsResponse { NextPageToken = PageToken.Of(page.Next) };
        response.Executions.AddRange(page.Hits.Select(ExecutionInfo.Of));
        return response;
    }

    /// <summary>Counts the runs that a query selects, on request by execution status; schedules where it names their division.</summary>
    public async Task<CountWorkflowExecutionsResponse> CountWorkflowExecutions(CountWorkflowExecutionsRequest request, RpcContext call)
    {
        var ns = namespaces.Require(request.Namespace);
        var query = Bind(ns, request.Query);
        var count = await store.CountAsync(new(ns.Id, query.Filter, GroupByStatus: query.GroupByStatus), call.Cancellation);
        var scheduled = schedules.Of(ns.Id).Count(schedule => VisibilityEvaluator.Matches(query.Filter, ScheduleRow.AsRun(schedule)));
        var response = new CountWorkflowExecutionsResponse { Count = count.Total + scheduled };
        var groups = count.Groups.Append((Status: WorkflowExecutionStatus.Running, Count: scheduled)).GroupBy(g => g.Status, (status, same) => (Status: status, Count: same.Sum(g => g.Count)));
        foreach (var (status, number) in groups.Where(g => query.GroupByStatus && g.Count > 0))
        {
            response.Groups.Add(new CountWorkflowExecutionsResponse.Types.AggregationGroup { Count = number, GroupValues = { StatusValue(status) } });
        }

        return response;
    }

    /// <summary>Lists open runs by the filters of the old interface.</summary>
    public async Task<ListOpenWorkflowExecutionsResponse> ListOpenWorkflowExecutions(ListOpenWorkflowExecutionsRequest request, RpcContext call)
    {
        var conditions = new List<VisibilityFilter> { new VisibilityFilter.IsNull(Field("CloseTime")) };
        Add(conditions, "StartTime", request.StartTimeFilter);
        Add(conditions, request.ExecutionFilter, request.TypeFilter);
        var page = await ListAsync(request.Namespace, conditions, request.MaximumPageSize, request.NextPageToken, call);
        var response = new ListOpenWorkflowExecutionsResponse { NextPageToken = PageToken.Of(page.Next) };
        response.Executions.AddRange(page.Hits.Select(ExecutionInfo.Of));
        return response;
    }

    /// <summary>Lists closed runs by the filters of the old interface.</summary>
    public async Task<ListClosedWorkflowExecutionsResponse> ListClosedWorkflowExecutions(ListClosedWorkflowExecutionsRequest request, RpcContext call)
    {
        var conditions = new List<VisibilityFilter> { new VisibilityFilter.Not(new VisibilityFilter.IsNull(Field("CloseTime"))) };
        Add(conditions, "CloseTime", request.StartTimeFilter);
        Add(conditions, request.ExecutionFilter, request.TypeFilter);
        if (request.StatusFilter is { Status: not WorkflowExecutionStatus.Unspecified } wanted)
        {
            conditions.Add(Equal("ExecutionStatus", (long)wanted.Status));
        }

        var page = await ListAsync(request.Namespace, conditions, request.MaximumPageSize, request.NextPageToken, call);
        var response = new ListClosedWorkflowExecutionsResponse { NextPageToken = PageToken.Of(page.Next) };
        response.Executions.AddRange(page.Hits.Select(ExecutionInfo.Of));
        return response;
    }

    private Task<VisibilityPage> ListAsync(string namespaceName, string query, int pageSize, ByteString token, RpcContext call)
    {
        var ns = namespaces.Require(namespaceName);
        return ListAsync(ns, Bind(ns, query).Filter, pageSize, token, call);
    }

    private Task<VisibilityPage> ListAsync(string namespaceName, List<VisibilityFilter> conditions, int pageSize, ByteString token, RpcContext call)
    {
        var ns = namespaces.Require(namespaceName);
        var ordinary = Bind(ns, "").Filter;
        return ListAsync(ns, new VisibilityFilter.And([.. conditions, ordinary]), pageSize, token, call);
    }

    private Task<VisibilityPage> ListAsync(NamespaceRecord ns, VisibilityFilter filter, int pageSize, ByteString token, RpcContext call)
    {
        // Like the real server: what is not a size means the default.
        var size = pageSize > 0 ? Math.Min(pageSize, LargestPageSize) : DefaultPageSize;
        return store.ListAsync(new(ns.Id, filter, size, PageToken.Parse(token)), call.Cancellation);
    }

    private BoundQuery Bind(NamespaceRecord ns, string query)
    {
        Names.CheckText("Query", query);
        return QueryBinder.Bind(query, name => searchAttributes.TypeOf(ns.Id, name));
    }

    private static void Add(List<VisibilityFilter> conditions, string column, StartTimeFilter? times)
    {
        if (times?.EarliestTime is { } earliest)
        {
            conditions.Add(new VisibilityFilter.Comparison(Field(column), ComparisonOperator.GreaterOrEqual, earliest.ToDateTimeOffset()));
        }

        if (times?.LatestTime is { } latest)
        {
            conditions.Add(new VisibilityFilter.Comparison(Field(column), ComparisonOperator.LessOrEqual, latest.ToDateTimeOffset()));
        }
    }

    private static void Add(List<VisibilityFilter> conditions, WorkflowExecutionFilter? execution, WorkflowTypeFilter? type)
    {
        if (execution is { WorkflowId.Length: > 0 })
        {
            Names.CheckText("WorkflowId", execution.WorkflowId);
            conditions.Add(Equal("WorkflowId", execution.WorkflowId));
        }

        if (execution is { RunId.Length: > 0 })
        {
            Names.CheckText("RunId", execution.RunId);
            conditions.Add(Equal("RunId", execution.RunId));
        }

        if (type is { Name.Length: > 0 })
        {
            Names.CheckText("WorkflowType", type.Name);
            conditions.Add(Equal("WorkflowType", type.Name));
        }
    }

    private static VisibilityFilter.Comparison Equal(string column, object value) => new(Field(column), ComparisonOperator.Equal, value);

    private static VisibilityField Field(string column) => new(column, SystemSearchAttributes.Columns[column], IsColumn: true);

    private static Payload StatusValue(WorkflowExecutionStatus status) => SearchAttributeValues.WithType(
        new Payload { Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(status.ToString())) }, IndexedValueType.Keyword);
}
