using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs of clients that start workflows, signal them and end them.</summary>
internal sealed class WorkflowHandlers(WorkflowEngine engine)
{
    public async Task<StartWorkflowExecutionResponse> StartWorkflowExecution(StartWorkflowExecutionRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        var order = StartRules.Check(engine, namespaceId, request);
        return await engine.TransitAsync(namespaceId, request.WorkflowId, "", (slot, tx) => StartIn(slot, tx, order, request, null));
    }

    public async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartWorkflowExecution(SignalWithStartWorkflowExecutionRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail)
        {
            throw Refusal.Invalid("Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.");
        }

        var start = ToStart(request);
        var order = StartRules.Check(engine, namespaceId, start);
        CheckSignal(request.SignalName, request.SignalInput);
        if (start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified && start.WorkflowIdReusePolicy != WorkflowIdReusePolicy.TerminateIfRunning)
        {
            order = order with { Conflict = WorkflowIdConflictPolicy.UseExisting };
        }

        var signal = new WorkflowExecutionSignaledEventAttributes
        {
            SignalName = request.SignalName, Input = request.SignalInput, Identity = request.Identity, Header = request.Header, RequestId = order.RequestId,
        };
        return await engine.TransitAsync(namespaceId, request.WorkflowId, "", (slot, tx) =>
        {
            var before = slot.Current;
            var started = engine.Start(slot, tx, order, execution => execution.Signal(tx, signal));
            var isNew = !ReferenceEquals(before, started.Execution);
            if (!isNew && started.Execution.State.IsOpen)
            {
                started.Execution.Signal(tx, signal);
            }

            return new SignalWithStartWorkflowExecutionResponse
            {
                RunId = started.RunId, FirstExecutionRunId = started.Execution.FirstRunId, Started = isNew,
                SignalLink = Requests.RequestLink(engine, started.Execution.Ref, order.RequestId, EventType.WorkflowExecutionSignaled),
            };
        });
    }

    public async Task<SignalWorkflowExecutionResponse> SignalWorkflowExecution(SignalWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        CheckSignal(request.SignalName, request.Input);
        return await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.RequireOpen(run.RunId);
            execution.Signal(tx, new()
            {
                SignalName = request.SignalName, Input = request.Input, Identity = request.Identity, Header = request.Header, RequestId = request.RequestId,
            });
            return new SignalWorkflowExecutionResponse
            {
                Link = request.RequestId.Length == 0 ? null : Requests.RequestLink(engine, execution.Ref, request.RequestId, EventType.WorkflowExecutionSignaled),
            };
        });
    }

    public async Task<RequestCancelWorkflowExecutionResponse> RequestCancelWorkflowExecution(RequestCancelWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            slot.Require(run.RunId, request.FirstExecutionRunId).RequestCancel(tx, new() { Cause = request.Reason, Identity = request.Identity });
            return true;
        });
        return new();
    }

    public async Task<TerminateWorkflowExecutionResponse> TerminateWorkflowExecution(TerminateWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            slot.RequireOpen(run.RunId, request.FirstExecutionRunId).Terminate(tx, request.Reason, request.Details, request.Identity);
            return true;
        });
        return new();
    }

    public async Task<DeleteWorkflowExecutionResponse> DeleteWorkflowExecution(DeleteWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        await engine.DeleteAsync(run.NamespaceId, run.WorkflowId, run.RunId);
        return new();
    }

    /// <summary>Starts in a transition and makes the answer, with the first task where the caller can take it.</summary>
    internal StartWorkflowExecutionResponse StartIn(WorkflowSlot slot, Transition tx, StartOrder order, StartWorkflowExecutionRequest request, Action<Execution>? beforeTask)
    {
        var before = slot.Current;
        var started = engine.Start(slot, tx, order, beforeTask);
        var execution = started.Execution;
        var answer = new StartWorkflowExecutionResponse
        {
            RunId = started.RunId, FirstExecutionRunId = execution.FirstRunId, Started = started.IsNew, Status = execution.State.Status,
            Link = execution.State.AttachedRequestIds.ContainsKey(order.RequestId)
                ? Requests.RequestLink(engine, execution.Ref, order.RequestId, EventType.WorkflowExecutionOptionsUpdated)
                : Requests.EventLink(engine, execution.Ref, 1, EventType.WorkflowExecutionStarted),
        };
        if (!ReferenceEquals(before, execution) && order.Eager)
        {
            answer.EagerWorkflowTask = execution.StartEagerly(tx, request.Identity);
        }

        return answer;
    }

    private void CheckSignal(string name, Temporalio.Api.Common.V1.Payloads? input)
    {
        if (name.Length == 0)
        {
            throw Refusal.Invalid("SignalName is not set on request.");
        }

        Names.Check("SignalName", name, engine.Limits);

        StartRules.CheckSize(input, engine.Limits);
    }

    private static StartWorkflowExecutionRequest ToStart(SignalWithStartWorkflowExecutionRequest request) => new()
    {
        Namespace = request.Namespace, WorkflowId = request.WorkflowId, WorkflowType = request.WorkflowType, TaskQueue = request.TaskQueue, Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout, WorkflowRunTimeout = request.WorkflowRunTimeout, WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity, RequestId = request.RequestId, WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy, RetryPolicy = request.RetryPolicy, CronSchedule = request.CronSchedule, Memo = request.Memo,
        SearchAttributes = request.SearchAttributes, Header = request.Header, WorkflowStartDelay = request.WorkflowStartDelay, UserMetadata = request.UserMetadata,
        Priority = request.Priority, TimeSkippingConfig = request.TimeSkippingConfig, VersioningOverride = request.VersioningOverride,
    };
}
