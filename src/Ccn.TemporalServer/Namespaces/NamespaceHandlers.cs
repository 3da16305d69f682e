using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>RPCs about namespaces.</summary>
internal sealed class NamespaceHandlers(NamespaceRegistry namespaces, DynamicConfig config)
{
    private const int DefaultPageSize = 100;
    private static readonly TimeSpan MinimumRetention = TimeSpan.FromHours(1);

    /// <summary>Describes one namespace by name or id. Workers ask for it when they start, and heed its capabilities.</summary>
    public Task<DescribeNamespaceResponse> DescribeNamespace(DescribeNamespaceRequest request, RpcContext call) =>
        Task.FromResult(Described(namespaces.Describe(request.Namespace, request.Id)));

    /// <summary>Lists namespaces in order of their names; the page token is the last name.</summary>
    public Task<ListNamespacesResponse> ListNamespaces(ListNamespacesRequest request, RpcContext call)
    {
        var size = request.PageSize > 0 ? request.PageSize : DefaultPageSize;
        var after = request.NextPageToken.ToStringUtf8();
        var rest = namespaces.All.Where(n => string.CompareOrdinal(n.NamespaceInfo.Name, after) > 0).ToList();
        var response = new ListNamespacesResponse();
        response.Namespaces.AddRange(rest.Take(size).Select(Described));
        if (rest.Count > size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(rest[size - 1].NamespaceInfo.Name);
        }

        return Task.FromResult(response);
    }

    /// <summary>Makes a namespace. The retention must be at least an hour.</summary>
    public async Task<RegisterNamespaceResponse> RegisterNamespace(RegisterNamespaceRequest request, RpcContext call)
    {
        if (request.Namespace.Length == 0)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, "Namespace not set on request.");
        }

        Names.Check("Namespace", request.Namespace, EngineLimits.From(config));
        var retention = CheckedRetention(request.WorkflowExecutionRetentionPeriod);
        await namespaces.RegisterAsync(request.Namespace, retention, request.Description, request.OwnerEmail, request.Data);
        return new();
    }

    /// <summary>Changes description, owner, data and retention; what is absent stays.</summary>
    public async Task<UpdateNamespaceResponse> UpdateNamespace(UpdateNamespaceRequest request, RpcContext call)
    {
        _ = namespaces.Require(request.Namespace);
        var retention = request.Config?.WorkflowExecutionRetentionTtl is { } wanted ? CheckedRetention(wanted) : (TimeSpan?)null;
        await namespaces.UpdateAsync(request.Namespace, ns =>
        {
            if (request.UpdateInfo is { } info)
            {
                ns.NamespaceInfo.Description = info.Description.Length > 0 ? info.Description : ns.NamespaceInfo.Description;
                ns.NamespaceInfo.OwnerEmail = info.OwnerEmail.Length > 0 ? info.OwnerEmail : ns.NamespaceInfo.OwnerEmail;
                foreach (var (key, value) in info.Data)
                {
                    ns.NamespaceInfo.Data[key] = value;
                }
            }

            if (retention is { } ttl)
            {
                ns.Config.WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(ttl);
            }
        });
        var described = Described(namespaces.Describe(request.Namespace, ""));
        return new() { NamespaceInfo = described.NamespaceInfo, Config = described.Config, ReplicationConfig = described.ReplicationConfig };
    }

    private static TimeSpan CheckedRetention(Duration? retention) =>
        retention?.ToTimeSpan() is { } given && given >= MinimumRetention
            ? given
            : throw new RpcFailure(StatusCode.InvalidArgument, "A valid retention period is not set on request.");

    /// <summary>
    /// Adds what this version of the server can do, which is not stored. Polls are completed when a worker shuts down, so
    /// that no task is lost to a dying stream; workers tell of themselves once a minute, so that they can be listed. Poller
    /// autoscaling and worker commands are off, which keeps workers from making calls nobody needs here.
    /// </summary>
    private DescribeNamespaceResponse Described(DescribeNamespaceResponse stored)
    {
        var described = stored.Clone();
        described.NamespaceInfo.SupportsSchedules = true;
        described.NamespaceInfo.Capabilities = new()
        {
            EagerWorkflowStart = true,
            SyncUpdate = true,
            AsyncUpdate = true,
            WorkerPollCompleteOnShutdown = true,
            WorkerHeartbeats = true,
            WorkflowPause = config.Bool(Frontend.WorkflowControlHandlers.PauseEnabled, false),
        };
        described.NamespaceInfo.Limits = new NamespaceInfo.Types.Limits
        {
            BlobSizeLimitError = config.Int("limit.blobSize.error", 2 * 1024 * 1024),
            MemoSizeLimitError = config.Int("limit.memoSize.error", 2 * 1024 * 1024),
        };
        described.Config.BadBinaries ??= new();
        described.ReplicationConfig = new() { ActiveClusterName = ClusterHandlers.ClusterName, State = ReplicationState.Normal };
        described.ReplicationConfig.Clusters.Add(new ClusterReplicationConfig { ClusterName = ClusterHandlers.ClusterName });
        return described;
    }
}
