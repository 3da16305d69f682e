using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using OperationStatus = Temporalio.Api.ErrorDetails.V1.MultiOperationExecutionFailure.Types.OperationStatus;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;
using Execution = Ccn.TemporalServer.Engine.Execution;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs of clients that update workflows, also together with a start.</summary>
internal sealed class UpdateHandlers(WorkflowEngine engine, WorkflowHandlers workflows)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<UpdateWorkflowExecutionResponse> UpdateWorkflowExecution(UpdateWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.WorkflowExecution);
        var update = Check(request);
        var (target, entry) = await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.Require(run.RunId, request.FirstExecutionRunId);
            return (execution.Ref, execution.Update(tx, update));
        });
        return await WaitAsync(target, entry, StageOf(request.WaitPolicy), call);
    }

    public async Task<PollWorkflowExecutionUpdateResponse> PollWorkflowExecutionUpdate(PollWorkflowExecutionUpdateRequest request, RpcContext call)
    {
        if (request.UpdateRef is not { WorkflowExecution: not null } reference)
        {
            throw Refusal.Invalid("UpdateRef is not set on request.");
        }

        var run = Requests.Run(engine, request.Namespace, reference.WorkflowExecution);
        var (target, entry) = await engine.ReadAsync(run, execution =>
            (execution.Ref, execution.Updates.Find(reference.UpdateId) ?? throw Refusal.NotFound($"update \"{reference.UpdateId}\" not found")));
        var status = await entry.WaitAsync(
            request.WaitPolicy?.LifecycleStage ?? Stage.Unspecified, engine.Real.GetUtcNow() + Patience, engine.Real, call.Cancellation);
        return status.Error is { } error ? throw error : new()
        {
            UpdateRef = Reference(target, entry.Id), Outcome = status.Outcome, Stage = status.Outcome is null ? status.Stage : Stage.Completed,
        };
    }

    public async Task<ExecuteMultiOperationResponse> ExecuteMultiOperation(ExecuteMultiOperationRequest request, RpcContext call)
    {
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            throw Refusal.Invalid("Operations have to be exactly [Start, Update].");
        }

        var namespaceId = engine.NamespaceId(request.Namespace);
        var order = await AsOperationAsync(0, () => Task.FromResult(CheckStart(namespaceId, start)));
        var message = await AsOperationAsync(1, () => Task.FromResult(CheckUpdate(start, update)));
        var (answer, run, entry) = await StartOrFindAsync(namespaceId, start, order, message);
        var updated = await AsOperationAsync(1, () => WaitAsync(run, entry, StageOf(update.WaitPolicy), call));
        if (answer.Link is null)
        {
            updated.Link = null;   // an update that was known already leads nowhere new
        }

        return new()
        {
            Responses =
            {
                new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = answer },
                new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = updated },
            },
        };
    }

    private StartOrder CheckStart(string namespaceId, StartWorkflowExecutionRequest start)
    {
        if (start.CronSchedule.Length > 0 || start.RequestEagerExecution || start.WorkflowStartDelay.OrZero() > TimeSpan.Zero)
        {
            throw Refusal.Invalid("CronSchedule, RequestEagerExecution and WorkflowStartDelay are not allowed.");
        }

        return StartRules.Check(engine, namespaceId, start);
    }

    private Request CheckUpdate(StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update) => start.WorkflowId == update.WorkflowExecution?.WorkflowId
        ? Check(update)
        : throw Refusal.Invalid("WorkflowId is not consistent with previous operation(s).");

    /// <summary>
    /// One transition: where the update is known its run is used, also a closed one; else the policies decide between the
    /// run there is and a new one, whose first workflow task takes the update along.
    /// </summary>
    private Task<(StartWorkflowExecutionResponse Answer, RunRef Run, UpdateEntry Entry)> StartOrFindAsync(
        string namespaceId, StartWorkflowExecutionRequest start, StartOrder order, Request message) =>
        engine.TransitAsync(namespaceId, start.WorkflowId, "", (slot, tx) =>
        {
            if (slot.Current is { } current && current.Updates.Find(message.Meta.UpdateId) is { } known)
            {
                return (Existing(current), current.Ref, known);
            }

            StartWorkflowExecutionResponse? answer = null;
            UpdateEntry? entry = null;
            var before = slot.Current;
            try
            {
                answer = workflows.StartIn(slot, tx, order, start, null);
            }
            catch (RpcFailure refused)
            {
                throw Failed(0, refused);
            }

            try
            {
                entry = slot.Current!.Update(tx, message);
            }
            catch (RpcFailure refused)
            {
                throw Failed(1, refused);
            }

            if (ReferenceEquals(before, slot.Current))
            {
                var link = answer.Link;
                answer = Existing(slot.Current);
                answer.Link = link;
            }

            return (answer, slot.Current.Ref, entry);
        });

    private static StartWorkflowExecutionResponse Existing(Execution execution) => new() { RunId = execution.RunId, Status = execution.State.Status };

    private async Task<UpdateWorkflowExecutionResponse> WaitAsync(RunRef run, UpdateEntry entry, Stage stage, RpcContext call)
    {
        var status = await entry.WaitAsync(stage, engine.Real.GetUtcNow() + Patience, engine.Real, call.Cancellation);
        if (status.Error is { } error)
        {
            throw error;
        }

        return new()
        {
            UpdateRef = Reference(run, entry.Id), Outcome = status.Outcome, Stage = status.Outcome is null ? status.Stage : Stage.Completed, Link = LinkOf(run, status),
        };
    }

    private Link? LinkOf(RunRef run, UpdateStatus status) =>
        status.Outcome?.Failure is not null
            ? new Link { Workflow = new() { Namespace = engine.NamespaceName(run.NamespaceId), WorkflowId = run.WorkflowId, RunId = run.RunId, Reason = "Update rejected" } }
            : status.Stage >= Stage.Accepted ? Requests.RequestLink(engine, run, "", EventType.WorkflowExecutionUpdateAccepted) : null;

    private static UpdateRef Reference(RunRef run, string updateId) => new()
    {
        UpdateId = updateId, WorkflowExecution = new() { WorkflowId = run.WorkflowId, RunId = run.RunId },
    };

    private static Stage StageOf(WaitPolicy? policy) => policy?.LifecycleStage is { } stage and not Stage.Unspecified ? stage : Stage.Accepted;

    private Request Check(UpdateWorkflowExecutionRequest request)
    {
        if (request.WaitPolicy?.LifecycleStage == Stage.Admitted)
        {
            throw new RpcFailure(
                StatusCode.PermissionDenied, "UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.",
                new PermissionDeniedFailure());
        }

        if (request.Request?.Input is not { } input)
        {
            throw Refusal.Invalid("Update input is not set on request.");
        }

        if (input.Name.Length == 0)
        {
            throw Refusal.Invalid("Update name is not set on request.");
        }

        Names.Check("UpdateID", request.Request.Meta?.UpdateId ?? "", engine.Limits);
        StartRules.CheckSize(input.Args, engine.Limits);
        var update = request.Request.Clone();
        update.Meta ??= new();
        if (update.Meta.UpdateId.Length == 0)
        {
            update.Meta.UpdateId = Guid.NewGuid().ToString();
        }

        return update;
    }

    private static async Task<T> AsOperationAsync<T>(int index, Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (RpcFailure refused)
        {
            throw Failed(index, refused);
        }
    }

    /// <summary>What failed carries its own status; the other operation is aborted with it.</summary>
    private static RpcFailure Failed(int index, RpcFailure cause)
    {
        var failed = new OperationStatus { Code = (int)cause.Code, Message = cause.Message };
        failed.Details.AddRange(cause.Details.Select(d => Any.Pack(d)));
        var aborted = new OperationStatus { Code = (int)StatusCode.Aborted, Message = "Operation was aborted.", Details = { Any.Pack(new MultiOperationExecutionAborted()) } };
        var detail = new MultiOperationExecutionFailure();
        detail.Statuses.AddRange(index == 0 ? [failed, aborted] : [aborted, failed]);
        return new(cause.Code, "Update-with-Start could not be executed.", detail);
    }
}
