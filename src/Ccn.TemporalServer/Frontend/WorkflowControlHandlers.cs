using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs by which operators steer open runs.</summary>
internal sealed class WorkflowControlHandlers(WorkflowEngine engine, DynamicConfig config)
{
    /// <summary>The setting of the real server that turns pausing of workflows on; off by default there too.</summary>
    public const string PauseEnabled = "frontend.WorkflowPauseEnabled";

    public async Task<PauseWorkflowExecutionResponse> PauseWorkflowExecution(PauseWorkflowExecutionRequest request, RpcContext call)
    {
        RequirePausing(request.Namespace);
        var run = Requests.Run(engine, request.Namespace, new() { WorkflowId = request.WorkflowId, RunId = request.RunId });
        await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            slot.RequireOpen(run.RunId).Pause(tx, new() { Identity = request.Identity, Reason = request.Reason, RequestId = request.RequestId });
            return true;
        });
        return new();
    }

    public async Task<UnpauseWorkflowExecutionResponse> UnpauseWorkflowExecution(UnpauseWorkflowExecutionRequest request, RpcContext call)
    {
        RequirePausing(request.Namespace);
        var run = Requests.Run(engine, request.Namespace, new() { WorkflowId = request.WorkflowId, RunId = request.RunId });
        await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            slot.RequireOpen(run.RunId).Unpause(tx, new() { Identity = request.Identity, Reason = request.Reason, RequestId = request.RequestId });
            return true;
        });
        return new();
    }

    /// <summary>Changes versioning override and priority of an open run.</summary>
    public async Task<UpdateWorkflowExecutionOptionsResponse> UpdateWorkflowExecutionOptions(UpdateWorkflowExecutionOptionsRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        if (request.WorkflowExecutionOptions is not { } options)
        {
            throw Refusal.Invalid("WorkflowExecutionOptions is not set on request.");
        }

        var paths = Checked(request.UpdateMask, options);
        var answer = await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.RequireOpen(run.RunId);
            if (paths.Contains("versioning_override"))
            {
                StartRules.CheckOverride(options.VersioningOverride, execution.QueueName);
            }

            return execution.UpdateOptions(tx, options, paths.Contains("versioning_override"), paths.Contains("priority"), request.Identity);
        });
        return new() { WorkflowExecutionOptions = answer, UpdateTime = engine.Clock.GetUtcNow().AsTimestamp() };
    }

    private void RequirePausing(string ns)
    {
        engine.NamespaceId(ns);
        if (!config.Bool(PauseEnabled, false))
        {
            throw new RpcFailure(StatusCode.Unimplemented, $"workflow pause is not enabled for namespace: {ns}");
        }
    }

    private static HashSet<string> Checked(FieldMask? mask, WorkflowExecutionOptions options)
    {
        if (mask is null)
        {
            throw Refusal.Invalid("UpdateMask is not set on request.");
        }

        var paths = mask.Paths.Select(Requests.SnakeCase).ToHashSet(StringComparer.Ordinal);
        if (paths.FirstOrDefault(p => p.StartsWith("time_skipping_config", StringComparison.Ordinal)) is not null)
        {
            throw new RpcFailure(StatusCode.Unimplemented, "The Time-Skipping feature is not enabled for namespace.");
        }

        if (paths.FirstOrDefault(p => p is not ("versioning_override" or "priority")) is { } unknown)
        {
            throw Refusal.Invalid($"invalid UpdateMask: {unknown}");
        }

        if (options.Priority is { PriorityKey: < 0 })
        {
            throw Refusal.Invalid("priority key can't be negative");
        }

        return paths;
    }
}
