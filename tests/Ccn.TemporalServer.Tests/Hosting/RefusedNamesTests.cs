using Ccn.TemporalServer.Hosting;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>Names that cannot be stored, or are too long, are a caller's mistake: refused before anything is written.</summary>
public sealed class RefusedNamesTests : IAsyncLifetime
{
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    private static readonly string TooLong = new('é', 501);   // 1,002 bytes of UTF-8

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new());
        client = await TemporalClient.ConnectAsync(new(server.Address));
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    public static TheoryData<string, string, string> Starts => new()
    {
        { "WorkflowId", "a\0b", "WorkflowId contains a NUL character." },
        { "WorkflowId", TooLong, "WorkflowId length exceeds limit." },
        { "WorkflowType", "a\0b", "WorkflowType contains a NUL character." },
        { "WorkflowType", TooLong, "WorkflowType length exceeds limit." },
        { "taskQueue", "a\0b", "taskQueue contains a NUL character." },
        { "taskQueue", TooLong, "taskQueue length exceeds limit." },
        { "RequestId", TooLong, "RequestId length exceeds limit." },
    };

    [Theory]
    [MemberData(nameof(Starts), DisableDiscoveryEnumeration = true)]
    public async Task A_start_with_such_a_name_is_refused(string field, string name, string text)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = field == "WorkflowId" ? name : "w",
            WorkflowType = new() { Name = field == "WorkflowType" ? name : "T" },
            TaskQueue = new() { Name = field == "taskQueue" ? name : "q" },
            RequestId = field == "RequestId" ? name : "r",
        };

        var refused = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartWorkflowExecutionAsync(request));

        Assert.Equal((RpcException.StatusCode.InvalidArgument, text), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Every_other_door_is_closed_to_a_NUL()
    {
        var service = client.WorkflowService;
        await Refused(() => service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = "a\0" } }));
        await Refused(() => service.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = "WorkflowId = 'a\0'" }));
        await Refused(() => service.ListOpenWorkflowExecutionsAsync(new() { Namespace = "default", TypeFilter = new() { Name = "a\0" } }));
        await Refused(() => service.RegisterNamespaceAsync(
            new() { Namespace = "a\0", WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }));
        await Refused(() => client.OperatorService.AddSearchAttributesAsync(
            new() { Namespace = "default", SearchAttributes = { ["a\0"] = IndexedValueType.Keyword } }));
        await Refused(() => service.SignalWorkflowExecutionAsync(
            new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" }, SignalName = "a\0" }));
    }

    private static async Task Refused<T>(Func<Task<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.EndsWith("contains a NUL character.", refused.Message, StringComparison.Ordinal);
    }
}
