using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.OperatorService.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>The part of OperatorService that has a meaning on one node.</summary>
internal sealed class OperatorHandlers(NamespaceRegistry namespaces, NamespaceRemoval removal, SearchAttributeRegistry searchAttributes, ClusterHandlers cluster)
{
    private const string SystemNamespace = "temporal-system";
    private const string SystemNamespaceId = "32049b68-7872-4094-8e63-d0dd59896a83";

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

    /// <summary>
    /// Deletes a namespace with everything in it: from the answer on nobody finds it. The name is free at once, and what it
    /// holds is removed behind the answer; there is nothing that a delay could keep.
    /// </summary>
    public async Task<DeleteNamespaceResponse> DeleteNamespace(DeleteNamespaceRequest request, RpcContext call)
    {
        if (request.Namespace == SystemNamespace || request.NamespaceId == SystemNamespaceId)
        {
            throw Refusal.Precondition("unable to delete system namespace");
        }

        if (request.Namespace.Length > 0 && request.NamespaceId.Length > 0)
        {
            throw Refusal.Invalid("Only one of namespace name or Id should be set on request.");
        }

        var ns = await namespaces.DeleteAsync(request.Namespace, request.NamespaceId);
        removal.Begin(ns);
        return new() { DeletedNamespace = ns.Name };
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
