using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>RPCs of schedules.</summary>
internal sealed class ScheduleHandlers(WorkflowEngine engine, ScheduleRegistry schedules, SearchAttributeRegistry searchAttributes)
{
    private const int MostMatchingTimes = 1000;
    private const int ShownTimes = 10;
    private const int ListedTimes = 5;
    private const int DefaultPageSize = 100;

    public async Task<CreateScheduleResponse> CreateSchedule(CreateScheduleRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        if (request.ScheduleId.Length == 0)
        {
            throw Refusal.Invalid("Can't load workflow execution.  WorkflowId not set.");
        }

        Names.Check("ScheduleId", request.ScheduleId, engine.Limits);
        if (request.RequestId.Length == 0)
        {
            throw Refusal.Invalid("RequestId is not set on request.");
        }

        var now = engine.Clock.GetUtcNow();
        var state = new ScheduleState
        {
            RequestId = request.RequestId, Incarnation = Guid.NewGuid().ToString(), Cursor = now,
            Described = new()
            {
                Schedule = ScheduleRules.Checked(engine, namespaceId, request.Schedule), Memo = request.Memo,
                SearchAttributes = engine.CheckSearchAttributes(namespaceId, request.SearchAttributes), Info = new() { CreateTime = now.AsTimestamp() },
            },
        };
        var runner = await schedules.CreateAsync(namespaceId, request.ScheduleId, state, request.InitialPatch);
        return new() { ConflictToken = runner.State.ConflictToken };
    }

    public Task<DescribeScheduleResponse> DescribeSchedule(DescribeScheduleRequest request, RpcContext call)
    {
        var runner = schedules.Require(engine.NamespaceId(request.Namespace), request.ScheduleId);
        if (runner.IsDeleted)
        {
            throw Refusal.NotFound("schedule not found");
        }

        var state = runner.State;
        var answer = state.Described.Clone();
        answer.Info.BufferSize = state.Buffer.Count;
        answer.Info.FutureActionTimes.Add(FutureTimes(runner, ShownTimes));
        answer.ConflictToken = state.ConflictToken;
        return Task.FromResult(answer);
    }

    public async Task<UpdateScheduleResponse> UpdateSchedule(UpdateScheduleRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        var runner = schedules.Require(namespaceId, request.ScheduleId);
        var schedule = ScheduleRules.Checked(engine, namespaceId, request.Schedule);
        var attributes = engine.CheckSearchAttributes(namespaceId, request.SearchAttributes);
        await runner.UpdateAsync(state =>
        {
            // An update of something that has changed meanwhile is dropped without a word, as on the real server.
            if (!request.ConflictToken.IsEmpty && request.ConflictToken != state.ConflictToken)
            {
                return false;
            }

            state.Described.Schedule = schedule;
            state.Described.SearchAttributes = attributes ?? state.Described.SearchAttributes;
            state.Described.Memo = request.Memo ?? state.Described.Memo;
            return true;
        });
        return new();
    }

    public async Task<PatchScheduleResponse> PatchSchedule(PatchScheduleRequest request, RpcContext call)
    {
        var runner = schedules.Require(engine.NamespaceId(request.Namespace), request.ScheduleId);
        if (request.Patch is null)
        {
            throw Refusal.Invalid("Patch is not set on request.");
        }

        await runner.PatchAsync(request.Patch);
        return new();
    }

    public async Task<DeleteScheduleResponse> DeleteSchedule(DeleteScheduleRequest request, RpcContext call)
    {
        await schedules.DeleteAsync(schedules.Require(engine.NamespaceId(request.Namespace), request.ScheduleId));
        return new();
    }

    public Task<ListScheduleMatchingTimesResponse> ListScheduleMatchingTimes(ListScheduleMatchingTimesRequest request, RpcContext call)
    {
        var runner = schedules.Require(engine.NamespaceId(request.Namespace), request.ScheduleId);
        runner.RequireExisting();
        if (request.StartTime is null || request.EndTime is null)
        {
            throw Refusal.Invalid("StartTime and EndTime must be set on request.");
        }

        var end = request.EndTime.ToDateTimeOffset();
        var answer = new ListScheduleMatchingTimesResponse();
        answer.StartTime.AddRange(runner.Times.After(request.StartTime.ToDateTimeOffset()).TakeWhile(t => t.At <= end).Take(MostMatchingTimes).Select(t => t.At.AsTimestamp()));
        return Task.FromResult(answer);
    }

    public Task<ListSchedulesResponse> ListSchedules(ListSchedulesRequest request, RpcContext call)
    {
        var size = request.MaximumPageSize > 0 ? request.MaximumPageSize : DefaultPageSize;
        var after = request.NextPageToken.ToStringUtf8();
        var rest = Matching(request.Namespace, request.Query).SkipWhile(r => after.Length > 0 && r.ScheduleId != after).Skip(after.Length > 0 ? 1 : 0).ToList();
        var answer = new ListSchedulesResponse();
        answer.Schedules.AddRange(rest.Take(size).Select(Entry));
        if (rest.Count > size)
        {
            answer.NextPageToken = ByteString.CopyFromUtf8(rest[size - 1].ScheduleId);
        }

        return Task.FromResult(answer);
    }

    public Task<CountSchedulesResponse> CountSchedules(CountSchedulesRequest request, RpcContext call) =>
        Task.FromResult(new CountSchedulesResponse { Count = Matching(request.Namespace, request.Query).Count() });

    private IEnumerable<ScheduleRunner> Matching(string namespaceName, string query)
    {
        var namespaceId = engine.NamespaceId(namespaceName);
        Names.CheckText("Query", query);
        var filter = QueryBinder.Bind(query, name =>
            name == ScheduleRow.IdField ? IndexedValueType.Keyword
            : SystemSearchAttributes.Columns.ContainsKey(name) ? throw Refusal.Invalid($"invalid query filter for schedules: cannot filter on \"{name}\"")
            : searchAttributes.TypeOf(namespaceId, name)).Filter;
        return schedules.Of(namespaceId).Where(runner => VisibilityEvaluator.Matches(filter, ScheduleRow.Of(runner)));
    }

    private static ScheduleListEntry Entry(ScheduleRunner runner)
    {
        var state = runner.State;
        var info = new ScheduleListInfo
        {
            Spec = state.Schedule.Spec.Clone(), WorkflowType = state.Schedule.Action.StartWorkflow?.WorkflowType, Notes = state.Schedule.State.Notes,
            Paused = state.Schedule.State.Paused,
        };
        info.RecentActions.AddRange(state.Info.RecentActions.TakeLast(ListedTimes).Select(a => a.Clone()));
        info.FutureActionTimes.Add(FutureTimes(runner, ListedTimes));
        return new() { ScheduleId = runner.ScheduleId, Memo = state.Described.Memo, SearchAttributes = state.Described.SearchAttributes, Info = info };
    }

    /// <summary>The next times, no more of them than actions are left. A pause does not hide them.</summary>
    private static IEnumerable<Timestamp> FutureTimes(ScheduleRunner runner, int most)
    {
        var state = runner.State.Schedule.State;
        var left = state.LimitedActions ? (int)Math.Min(most, state.RemainingActions) : most;
        return runner.Times.After(runner.State.Cursor).Take(left).Select(t => t.At.AsTimestamp());
    }
}
