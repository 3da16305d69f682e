using System.Text.Json.Nodes;
using Ccn.TemporalServer.Hosting;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Operators;

/// <summary>Limits under the real server's settings, lowered so that they can be reached: each refuses in the recorded words.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private const int TooBig = 11_000;

    private static readonly JsonNode Recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "answers", "limits.json")))!;

    private EmbeddedTemporalServer server = null!;
    private WorkflowService service = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            DynamicConfig = Recorded["settings"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.ToString(), StringComparer.Ordinal),
            SearchAttributes = new[] { "K1", "K2", "K3", "K4" }.ToDictionary(name => name, _ => IndexedValueType.Keyword, StringComparer.Ordinal),
        });
        service = (await TemporalClient.ConnectAsync(new(server.Address))).WorkflowService;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_start_is_refused_whose_input_memo_or_attributes_are_too_big()
    {
        await RefusedAsync("start input too big", () => StartAsync("w", r => r.Input = Big));
        await RefusedAsync("memo too big", () => StartAsync("w", r => r.Memo = new() { Fields = { ["m"] = Bytes(3000) } }));
        await RefusedAsync("4 search attributes with a limit of 3", () => StartAsync("w", r => r.SearchAttributes = new()
        {
            IndexedFields = { ["K1"] = Text("a"), ["K2"] = Text("a"), ["K3"] = Text("a"), ["K4"] = Text("a") },
        }));
    }

    [Fact]
    public async Task Signals_are_refused_that_are_too_big_or_too_many()
    {
        await StartAsync("w");
        Task<SignalWorkflowExecutionResponse> SignalAsync(Payloads? input = null) =>
            service.SignalWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" }, SignalName = "s", Input = input });

        await RefusedAsync("signal input too big", () => SignalAsync(Big));
        for (var i = 0; i < 3; i++) { await SignalAsync(); }
        await RefusedAsync("signals above 3", () => SignalAsync(), result: 3);
    }

    public static TheoryData<string> BigCommands => ["activity input too big", "workflow result too big", "marker too big", "memo upsert too big"];

    [Theory]
    [MemberData(nameof(BigCommands))]
    public async Task A_command_that_would_never_fit_ends_the_run(string recorded)
    {
        await StartAsync("w");

        await RefusedAsync(recorded, () => AnswerAsync(recorded switch
        {
            "activity input too big" => Activity("1", Big),
            "workflow result too big" => new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = Big } },
            "marker too big" => new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = new() { MarkerName = "m", Details = { ["d"] = Big } } },
            _ => new() { CommandType = CommandType.ModifyWorkflowProperties, ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = new() { Fields = { ["m"] = Bytes(3000) } } } },
        }));

        var history = (await service.GetWorkflowExecutionHistoryAsync(new() { Namespace = "default", Execution = new() { WorkflowId = "w" } })).History;
        Assert.Equal(Message(recorded), history.Events[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
        Assert.Equal(Message(recorded), history.Events[^2].WorkflowTaskFailedEventAttributes.Failure.Message);
    }

    public static TheoryData<int> PendingKinds => [0, 1, 3, 4];

    [Theory]
    [MemberData(nameof(PendingKinds))]
    public async Task More_than_two_pending_of_a_kind_fail_the_task(int kind)
    {
        await StartAsync("w");
        Command One(int n) => kind switch
        {
            0 => Activity($"{n}"),
            1 => new()
            {
                CommandType = CommandType.StartChildWorkflowExecution,
                StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = $"c{n}", WorkflowType = new() { Name = "C" } },
            },
            3 => new()
            {
                CommandType = CommandType.SignalExternalWorkflowExecution,
                SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new() { WorkflowId = $"x{n}" }, SignalName = "s" },
            },
            _ => new()
            {
                CommandType = CommandType.RequestCancelExternalWorkflowExecution,
                RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = $"x{n}" },
            },
        };

        await RefusedAsync("pending activities", () => AnswerAsync(One(1), One(2), One(3)), result: kind);
    }

    [Fact]
    public async Task A_query_result_that_is_too_big_fails_the_query()
    {
        await StartAsync("w");
        await AnswerAsync();
        var query = service.QueryWorkflowAsync(new() { Namespace = "default", Execution = new() { WorkflowId = "w" }, Query = new() { QueryType = "q" } });
        var task = await PollAsync();
        await service.RespondQueryTaskCompletedAsync(new() { Namespace = "default", TaskToken = task.TaskToken, CompletedType = QueryResultType.Answered, QueryResult = Big });

        await RefusedAsync("query result too big", () => query, result: 1);
    }

    private static Payloads Big => new() { Payloads_ = { Bytes(TooBig) } };

    private static Payload Bytes(int size) => new() { Data = ByteString.CopyFrom(new byte[size]) };

    private static Payload Text(string value) => new() { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8($"\"{value}\"") };

    private static Command Activity(string id, Payloads? input = null) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id, ActivityType = new() { Name = "A" }, Input = input, StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        },
    };

    private static JsonNode ResultOf(string recorded, int result) => Recorded["cases"]!.AsArray().Single(c => (string)c!["case"]! == recorded)!["results"]![result]!;

    private static string Message(string recorded, int result = 0) => (string)ResultOf(recorded, result)["message"]!;

    private static async Task RefusedAsync<T>(string recorded, Func<Task<T>> call, int result = 0)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(((string)ResultOf(recorded, result)["code"]!, Message(recorded, result)), (refused.Code.ToString(), refused.Message));
    }

    private Task<StartWorkflowExecutionResponse> StartAsync(string id, Action<StartWorkflowExecutionRequest>? with = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default", WorkflowId = id, WorkflowType = new() { Name = "T" }, TaskQueue = new() { Name = "q" }, RequestId = Guid.NewGuid().ToString(),
        };
        with?.Invoke(request);
        return service.StartWorkflowExecutionAsync(request);
    }

    private Task<PollWorkflowTaskQueueResponse> PollAsync() => service.PollWorkflowTaskQueueAsync(
        new() { Namespace = "default", TaskQueue = new() { Name = "q" } }, new() { Timeout = TimeSpan.FromSeconds(30), CancellationToken = Cancel });

    private async Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(params Command[] commands) =>
        await service.RespondWorkflowTaskCompletedAsync(new() { Namespace = "default", TaskToken = (await PollAsync()).TaskToken, Commands = { commands } });
}
