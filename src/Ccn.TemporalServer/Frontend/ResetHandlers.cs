using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>The RPC that lets a run begin again at one of its workflow tasks.</summary>
internal sealed class ResetHandlers(WorkflowEngine engine)
{
    public async Task<ResetWorkflowExecutionResponse> ResetWorkflowExecution(ResetWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        if (request.RequestId.Length == 0)
        {
            throw Refusal.Invalid("RequestId is not set on request.");
        }

#pragma warning disable CS0612 // the older of two ways to say what is left out
        var type = request.ResetReapplyType;
#pragma warning restore CS0612
        var excluded = request.ResetReapplyExcludeTypes;
        var order = new ResetOrder(
            request.WorkflowTaskFinishEventId,
            request.Reason,
            Signals: type != ResetReapplyType.None && !excluded.Contains(ResetReapplyExcludeType.Signal),
            Updates: type is not (ResetReapplyType.None or ResetReapplyType.Signal) && !excluded.Contains(ResetReapplyExcludeType.Update),
            [.. request.PostResetOperations.Select(operation => Signal(operation, request.Identity))]);
        return new() { RunId = await engine.ResetAsync(run, order) };
    }

    private static WorkflowExecutionSignaledEventAttributes Signal(PostResetOperation operation, string identity) => operation.SignalWorkflow is { } signal
        ? new() { SignalName = signal.SignalName, Input = signal.Input, Header = signal.Header, Identity = identity }
        : throw new RpcFailure(StatusCode.Unimplemented, $"post-reset operation {operation.VariantCase} is not supported");
}
