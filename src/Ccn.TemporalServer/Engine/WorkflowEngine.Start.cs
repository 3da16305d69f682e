using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>Starting runs: who may take a workflow ID that was used before.</content>
internal sealed partial class WorkflowEngine
{
    private const string TerminatedByStart = "TerminateIfRunning WorkflowIdReusePolicy";

    /// <summary>Starts a run, or finds the one that the request means.</summary>
    public Task<Started> StartAsync(string namespaceId, StartOrder order) =>
        TransitAsync(namespaceId, order.Started.WorkflowId, "", (slot, tx) => Start(slot, tx, order, null));

    /// <summary>Starts a run in a transition of its slot.</summary>
    /// <param name="slot">Slot of the workflow ID.</param>
    /// <param name="tx">The transition.</param>
    /// <param name="order">What to start.</param>
    /// <param name="beforeTask">What is recorded in front of the first workflow task.</param>
    public Started Start(WorkflowSlot slot, Transition tx, StartOrder order, Action<Execution>? beforeTask)
    {
        if (slot.Current is { } current)
        {
            if (current.IsStartedBy(order.RequestId))
            {
                return new(current, current.StartRequestId == order.RequestId);
            }

            if (current.State.IsOpen)
            {
                if (ExistingInstead(current, tx, order) is { } existing)
                {
                    return existing;
                }
            }
            else
            {
                CheckReuse(current, order.Reuse);
            }
        }

        return new(Create(slot, tx, order, beforeTask), true);
    }

    /// <summary>The open run where it may be used instead; null where it makes way for the new one.</summary>
    private static Started? ExistingInstead(Execution current, Transition tx, StartOrder order)
    {
        var conflict = order.Reuse == WorkflowIdReusePolicy.TerminateIfRunning ? WorkflowIdConflictPolicy.TerminateExisting : order.Conflict;
        switch (conflict)
        {
            case WorkflowIdConflictPolicy.UseExisting:
                if (order.AttachRequestId)
                {
                    current.AttachRequestId(tx, order.RequestId);
                }

                return new(current, false);
            case WorkflowIdConflictPolicy.TerminateExisting:
                return null;
            default:
                throw Taken(current, $"Workflow execution is already running. WorkflowId: {current.WorkflowId}, RunId: {current.RunId}.");
        }
    }

    private static void CheckReuse(Execution last, WorkflowIdReusePolicy reuse)
    {
        if (reuse == WorkflowIdReusePolicy.RejectDuplicate)
        {
            throw Taken(last, $"Workflow execution already finished. WorkflowId: {last.WorkflowId}, RunId: {last.RunId}. Workflow Id reuse policy: reject duplicate workflow Id.");
        }

        if (reuse == WorkflowIdReusePolicy.AllowDuplicateFailedOnly && last.State.Status == WorkflowExecutionStatus.Completed)
        {
            throw Taken(
                last,
                $"Workflow execution already finished successfully. WorkflowId: {last.WorkflowId}, RunId: {last.RunId}. Workflow Id reuse policy: allow duplicate workflow Id if last run failed.");
        }
    }

    private static RpcFailure Taken(Execution by, string message) => new(StatusCode.AlreadyExists, message, new WorkflowExecutionAlreadyStartedFailure
    {
        StartRequestId = by.StartRequestId, RunId = by.RunId, FirstExecutionRunId = by.FirstRunId,
    });

    private Execution Create(WorkflowSlot slot, Transition tx, StartOrder order, Action<Execution>? beforeTask)
    {
        var started = order.Started;
        var runId = Guid.CreateVersion7().ToString();
        (started.OriginalExecutionRunId, started.FirstExecutionRunId, started.Attempt) = (runId, runId, 1);
        var backoff = started.FirstWorkflowTaskBackoff.OrZero();
        if (started.CronSchedule.Length > 0)
        {
            backoff = CronSpec.Parse(started.CronSchedule).Wait(tx.Now, tx.Now);
            started.Initiator = ContinueAsNewInitiator.CronSchedule;
        }

        started.FirstWorkflowTaskBackoff = backoff.AsDuration();
        if (started.WorkflowExecutionTimeout.OrZero() is { Ticks: > 0 } limit)
        {
            started.WorkflowExecutionExpirationTime = (tx.Now + limit + backoff).AsTimestamp();
        }

        if (order.Eager && backoff == TimeSpan.Zero)
        {
            started.EagerExecutionAccepted = true;
        }

        if (slot.Current is { State.IsOpen: true } existing)
        {
            existing.Terminate(tx, TerminatedByStart, new() { Payloads_ = { PayloadForms.Json($"terminated by new runID: {runId}") } }, ServerIdentity);
        }

        var execution = Execution.Create(tx, this, order, runId);
        beforeTask?.Invoke(execution);
        execution.Begin(tx);
        return execution;
    }
}

/// <summary>The answer to a start.</summary>
/// <param name="Execution">The run.</param>
/// <param name="IsNew">True when this request started it (now or before).</param>
internal readonly record struct Started(Execution Execution, bool IsNew)
{
    /// <summary>Run ID.</summary>
    public string RunId => Execution.RunId;
}
