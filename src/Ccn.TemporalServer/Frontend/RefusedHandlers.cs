using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>
/// RPCs of features that a real server also leaves off until somebody sets them up: archival, the versioning of before
/// worker deployments, and deployments themselves, of which there are none. Answered as it does, because the web UI and
/// the command line ask.
/// </summary>
internal sealed class RefusedHandlers
{
    public Task<ListArchivedWorkflowExecutionsResponse> ListArchivedWorkflowExecutions(ListArchivedWorkflowExecutionsRequest request, RpcContext call) =>
        throw new RpcFailure(StatusCode.InvalidArgument, "Cluster is not configured for visibility archival.");

    public Task<ListWorkerDeploymentsResponse> ListWorkerDeployments(ListWorkerDeploymentsRequest request, RpcContext call) =>
        Task.FromResult(new ListWorkerDeploymentsResponse());

    public Task<GetWorkerBuildIdCompatibilityResponse> GetWorkerBuildIdCompatibility(GetWorkerBuildIdCompatibilityRequest request, RpcContext call) =>
        throw Off("v0.1 (Version Set-based, deprecated)");

    public Task<UpdateWorkerBuildIdCompatibilityResponse> UpdateWorkerBuildIdCompatibility(UpdateWorkerBuildIdCompatibilityRequest request, RpcContext call) =>
        throw Off("v0.1 (Version Set-based, deprecated)");

    public Task<GetWorkerVersioningRulesResponse> GetWorkerVersioningRules(GetWorkerVersioningRulesRequest request, RpcContext call) =>
        throw Off("v0.2 (Rules-based, deprecated)");

    public Task<UpdateWorkerVersioningRulesResponse> UpdateWorkerVersioningRules(UpdateWorkerVersioningRulesRequest request, RpcContext call) =>
        throw Off("v0.2 (Rules-based, deprecated)");

    public Task<GetWorkerTaskReachabilityResponse> GetWorkerTaskReachability(GetWorkerTaskReachabilityRequest request, RpcContext call) =>
        throw Off("v0.2 (Rules-based, deprecated)");

    private static RpcFailure Off(string kind) =>
        new(StatusCode.PermissionDenied, $"Worker versioning {kind} is disabled on this namespace.", new PermissionDeniedFailure());
}
