using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>RPCs about the server itself.</summary>
internal sealed class ClusterHandlers(TemporalServerOptions options)
{
    /// <summary>Name of this one-node cluster, as a fresh real cluster calls itself.</summary>
    public const string ClusterName = "active";

    /// <summary>The version of the real server whose behaviour is the model; some clients compare it.</summary>
    public const string ServerVersion = "1.32.1";

    /// <summary>Id of the cluster, new at each start.</summary>
    public string ClusterId { get; } = Guid.NewGuid().ToString();

    /// <summary>Every client asks this first, and adapts to the capabilities.</summary>
    public Task<GetSystemInfoResponse> GetSystemInfo(GetSystemInfoRequest request, RpcContext call) => Task.FromResult(new GetSystemInfoResponse
    {
        ServerVersion = ServerVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            SupportsSchedules = true,
            EncodedFailureAttributes = true,
            BuildIdBasedVersioning = true,
            UpsertMemo = true,
            EagerWorkflowStart = true,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
        },
    });

    /// <summary>Asked by the command line client and the web UI.</summary>
    public Task<GetClusterInfoResponse> GetClusterInfo(GetClusterInfoRequest request, RpcContext call)
    {
        var store = options.ConnectionString is null ? "memory" : "postgres";
        return Task.FromResult(new GetClusterInfoResponse
        {
            ServerVersion = ServerVersion,
            ClusterId = ClusterId,
            ClusterName = ClusterName,
            HistoryShardCount = 1,
            PersistenceStore = store,
            VisibilityStore = store,
            InitialFailoverVersion = 1,
            FailoverVersionIncrement = 10,
            SupportedClients =
            {
                ["temporal-cli"] = "<2.0.0",
                ["temporal-go"] = "<2.0.0",
                ["temporal-java"] = "<2.0.0",
                ["temporal-php"] = "<2.0.0",
                ["temporal-server"] = "<2.0.0",
                ["temporal-typescript"] = "<2.0.0",
                ["temporal-ui"] = "<3.0.0",
            },
        });
    }

    /// <summary>The attributes of the system. Custom ones belong to a namespace: ListSearchAttributes gives them.</summary>
    public Task<GetSearchAttributesResponse> GetSearchAttributes(GetSearchAttributesRequest request, RpcContext call)
    {
        var response = new GetSearchAttributesResponse();
        foreach (var (name, type) in SystemSearchAttributes.Columns.Concat(SystemSearchAttributes.Predefined))
        {
            response.Keys[name] = (IndexedValueType)type;
        }

        return Task.FromResult(response);
    }
}
