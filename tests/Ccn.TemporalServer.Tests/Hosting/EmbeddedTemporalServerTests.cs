using Ccn.TemporalServer.Hosting;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>The server inside a process, seen through the client of the SDK.</summary>
public sealed class EmbeddedTemporalServerTests : IAsyncLifetime
{
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            SearchAttributes = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal) { ["CcnCreator"] = IndexedValueType.Keyword },
        });
        client = await TemporalClient.ConnectAsync(new(server.Address));
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_default_namespace_is_described_with_its_capabilities_and_limits()
    {
        var described = await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });

        Assert.Equal(NamespaceState.Registered, described.NamespaceInfo.State);
        Assert.True(described.NamespaceInfo.Capabilities.WorkerPollCompleteOnShutdown);
        Assert.False(described.NamespaceInfo.Capabilities.PollerAutoscaling);
        Assert.Equal(2 * 1024 * 1024, described.NamespaceInfo.Limits.BlobSizeLimitError);
        Assert.Equal(TimeSpan.FromDays(1), described.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
    }

    [Fact]
    public async Task An_unknown_namespace_is_not_found()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "nope" }));

        Assert.Equal(RpcException.StatusCode.NotFound, e.Code);
        Assert.Equal("Namespace nope is not found.", e.Message);
        var detail = Assert.Single(e.GrpcStatus.Value!.Details);
        Assert.Equal("nope", detail.Unpack<Temporalio.Api.ErrorDetails.V1.NamespaceNotFoundFailure>().Namespace);
    }

    [Fact]
    public async Task A_namespace_is_registered_once_and_with_a_retention_of_an_hour_or_more()
    {
        var hour = Duration.FromTimeSpan(TimeSpan.FromHours(1));
        await client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = "studio", WorkflowExecutionRetentionPeriod = hour });

        var again = await Assert.ThrowsAsync<RpcException>(() =>
            client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = "studio", WorkflowExecutionRetentionPeriod = hour }));
        var tooShort = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.RegisterNamespaceAsync(new()
        {
            Namespace = "other",
            WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromMinutes(59)),
        }));

        Assert.Equal((RpcException.StatusCode.AlreadyExists, "Namespace \"studio\" already exists"), (again.Code, again.Message));
        Assert.Equal("A valid retention period is not set on request.", tooShort.Message);
        var names = (await client.WorkflowService.ListNamespacesAsync(new())).Namespaces.Select(n => n.NamespaceInfo.Name);
        Assert.Equal(["default", "studio"], names);
    }

    [Fact]
    public async Task Namespaces_are_listed_page_by_page()
    {
        foreach (var name in new[] { "a", "b" })
        {
            await client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = name, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(3)) });
        }

        var first = await client.WorkflowService.ListNamespacesAsync(new() { PageSize = 2 });
        var second = await client.WorkflowService.ListNamespacesAsync(new() { PageSize = 2, NextPageToken = first.NextPageToken });

        Assert.Equal(["a", "b"], first.Namespaces.Select(n => n.NamespaceInfo.Name));
        Assert.Equal(["default"], second.Namespaces.Select(n => n.NamespaceInfo.Name));
        Assert.True(second.NextPageToken.IsEmpty);
    }

    [Fact]
    public async Task A_search_attribute_keeps_the_type_it_was_added_with()
    {
        await AddAsync("CcnStage", IndexedValueType.Keyword);
        await AddAsync("CcnStage", IndexedValueType.Int);
        var reserved = await Assert.ThrowsAsync<RpcException>(() => AddAsync("WorkflowId", IndexedValueType.Keyword));

        var listed = await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = "default" });
        Assert.Equal("Search attribute WorkflowId is reserved by system.", reserved.Message);
        Assert.Equal(IndexedValueType.Keyword, listed.CustomAttributes["CcnStage"]);
        Assert.Equal(IndexedValueType.Keyword, listed.CustomAttributes["CcnCreator"]);
        Assert.Equal(33, listed.SystemAttributes.Count);
    }

    [Fact]
    public async Task A_removed_search_attribute_is_gone_and_one_of_the_system_cannot_be_removed()
    {
        await AddAsync("CcnShort", IndexedValueType.Bool);
        await client.OperatorService.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { "CcnShort", "Nope" } });
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            client.OperatorService.RemoveSearchAttributesAsync(new() { Namespace = "default", SearchAttributes = { "WorkflowId" } }));

        var listed = await client.OperatorService.ListSearchAttributesAsync(new ListSearchAttributesRequest { Namespace = "default" });
        Assert.DoesNotContain("CcnShort", listed.CustomAttributes.Keys);
        Assert.Equal("Unable to remove non-custom search attributes: WorkflowId.", refused.Message);
    }

    [Fact]
    public async Task What_is_not_built_is_unimplemented_by_name()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.ListWorkflowRulesAsync(new()));

        Assert.Equal((RpcException.StatusCode.Unimplemented, "unknown method ListWorkflowRules"), (e.Code, e.Message));
    }

    [Fact]
    public async Task The_health_check_of_the_client_succeeds() => Assert.True(await client.Connection.CheckHealthAsync());

    [Fact]
    public async Task A_taken_port_is_named_in_the_start_error()
    {
        var port = int.Parse(server.Address.Split(':')[1]);

        var e = await Assert.ThrowsAsync<TemporalServerStartException>(() => EmbeddedTemporalServer.StartAsync(new() { Port = port }));

        Assert.Contains(port.ToString(), e.Message);
    }

    [Fact]
    public async Task The_clock_is_steered_by_clients_only_where_that_was_asked_for()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => client.Connection.TestService.GetCurrentTimeAsync(new Empty()));

        Assert.Equal(RpcException.StatusCode.Unimplemented, e.Code);
    }

    private Task<AddSearchAttributesResponse> AddAsync(string name, IndexedValueType type) => client.OperatorService.AddSearchAttributesAsync(new()
    {
        Namespace = "default",
        SearchAttributes = { [name] = type },
    });
}
