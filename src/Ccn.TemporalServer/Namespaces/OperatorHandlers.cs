using Ccn.TemporalServer.Wire;
using Temporalio.Api.OperatorService.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>The part of OperatorService that has a meaning on one node.</summary>
internal sealed class OperatorHandlers(NamespaceRegistry namespaces, SearchAttributeRegistry searchAttributes, ClusterHandlers cluster)
{
    /// <summary>Adds custom search attributes to a namespace.</summary>
    public async Task<AddSearchAttributesResponse> AddSearchAttributes(AddSearchAttributesRequest request, RpcContext call)
    {
        await searchAttributes.AddAsync(namespaces.Require(request.Namespace).Id, request.SearchAttributes);
        return new();
    }

    /// <summary>Removes custom search attributes from a namespace.</summary>
    public async Task<RemoveSearchAttributesResponse> RemoveSearchAttributes(RemoveSearchAttributesRequest request, RpcContext call)
    {
        await searchAttributes.RemoveAsync(namespaces.Require(request.Namespace).Id, request.SearchAttributes);
        return new();
    }

    /// <summary>Lists the search attributes of a namespace, those of the system apart from the custom ones.</summary>
    public Task<ListSearchAttributesResponse> ListSearchAttributes(ListSearchAttributesRequest request, RpcContext call)
    {
        var response = new ListSearchAttributesResponse();
        response.CustomAttributes.Add(new Dictionary<string, Temporalio.Api.Enums.V1.IndexedValueType>(
            searchAttributes.Custom(namespaces.Require(request.Namespace).Id), StringComparer.Ordinal));
        response.SystemAttributes.Add(new Dictionary<string, Temporalio.Api.Enums.V1.IndexedValueType>(
            SystemSearchAttributes.Columns.Concat(SystemSearchAttributes.Predefined), StringComparer.Ordinal));
        return Task.FromResult(response);
    }

    /// <summary>This server is the only cluster it knows.</summary>
    public Task<ListClustersResponse> ListClusters(ListClustersRequest request, RpcContext call) => Task.FromResult(new ListClustersResponse
    {
        Clusters =
        {
            new ClusterMetadata { ClusterName = ClusterHandlers.ClusterName, ClusterId = cluster.ClusterId, InitialFailoverVersion = 1, HistoryShardCount = 1, IsConnectionEnabled = true },
        },
    });

    /// <summary>There is no Nexus here; the web UI asks for the list all the same.</summary>
    public Task<ListNexusEndpointsResponse> ListNexusEndpoints(ListNexusEndpointsRequest request, RpcContext call) =>
        Task.FromResult(new ListNexusEndpointsResponse());
}
