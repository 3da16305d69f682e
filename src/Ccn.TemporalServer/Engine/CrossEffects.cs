using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// What one run does to another. The run that asks has stored what it wants (an Initiated event, its closing event)
/// before anything here begins; every step is a transition of one run, and repeating it changes nothing, so that after a
/// crash it is simply done again: a start and a signal are known by a request ID made of run ID and event id.
/// </summary>
internal sealed class CrossEffects(WorkflowEngine engine)
{
    private const string ParentCloseReason = "by parent close policy";

    /// <summary>Starts the child that an Initiated event asks for.</summary>
    public void StartChild(RunRef parent, long initiatedEventId) => engine.Background(() => StartChildAsync(parent, initiatedEventId));

    /// <summary>Delivers a signal to another run.</summary>
    public void Signal(RunRef source, long initiatedEventId) => engine.Background(() => SignalAsync(source, initiatedEventId));

    /// <summary>Delivers a cancel request to another run.</summary>
    public void Cancel(RunRef source, long initiatedEventId) => engine.Background(() => CancelAsync(source, initiatedEventId));

    /// <summary>Tells a parent how its child ended.</summary>
    public void TellParent(RunRef parent, ChildClosing closing) => engine.Background(() => IgnoreMissingAsync(
        engine.TransitAsync(parent.NamespaceId, parent.WorkflowId, parent.RunId, (slot, tx) =>
        {
            // What a reset made of the parent has its children too, where they were started before the point.
            var run = slot.Find(parent.RunId);
            while (run is { ResetRunId.Length: > 0 } && slot.Find(run.ResetRunId) is { } next)
            {
                run = next;
            }

            run?.ChildClosed(tx, closing);
            return true;
        })));

    /// <summary>A parent closed: its child is ended, or asked to end.</summary>
    public void ApplyParentClose(RunRef parent, string childWorkflowId, string childRunId, ParentClosePolicy policy) =>
        engine.Background(() => ApplyParentCloseAsync(parent, childWorkflowId, childRunId, policy));

    /// <summary>After a restart: a child may have ended without its parent knowing.</summary>
    public void CheckChild(RunRef parent, long initiatedEventId, string childWorkflowId, string childRunId) =>
        engine.Background(() => CheckChildAsync(parent, initiatedEventId, childWorkflowId, childRunId));

    /// <summary>After a restart: a parent may have closed without its child knowing.</summary>
    public void CheckParent(RunRef child, RunRef parent, long initiatedEventId) => engine.Background(() => CheckParentAsync(child, parent, initiatedEventId));

    private async Task StartChildAsync(RunRef parent, long initiatedEventId)
    {
        using var busy = engine.Clock.Busy();
        var order = await engine.ReadAsync(parent, execution => execution.ChildToStart(initiatedEventId) is { } child ? ChildOrder(execution, child) : null);
        if (order is null)
        {
            return;
        }

        string childRunId;
        try
        {
            childRunId = (await engine.StartAsync(parent.NamespaceId, order)).RunId;
        }
        catch (RpcFailure refused) when (refused.Code == StatusCode.AlreadyExists)
        {
            await engine.ChangeAsync(parent, (execution, tx) => execution.ChildNotStarted(tx, initiatedEventId));
            return;
        }

        var isParentOpen = true;
        await engine.ChangeAsync(parent, (execution, tx) =>
        {
            isParentOpen = execution.State.IsOpen;
            execution.ChildStarted(tx, initiatedEventId, childRunId);
        });
        if (!isParentOpen)
        {
            await ApplyParentCloseAsync(parent, order.Started.WorkflowId, childRunId, await PolicyAsync(parent, initiatedEventId));
        }
    }

    private static StartOrder ChildOrder(Execution parent, PendingChild child)
    {
        var asked = child.Initiated;
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = asked.WorkflowId, WorkflowType = asked.WorkflowType, TaskQueue = asked.TaskQueue, Input = asked.Input,
            WorkflowExecutionTimeout = asked.WorkflowExecutionTimeout, WorkflowRunTimeout = asked.WorkflowRunTimeout, WorkflowTaskTimeout = asked.WorkflowTaskTimeout,
            RetryPolicy = asked.RetryPolicy, CronSchedule = asked.CronSchedule, Header = asked.Header, Memo = asked.Memo, SearchAttributes = asked.SearchAttributes,
            Priority = asked.Priority ?? parent.State.Priority,
            ParentWorkflowNamespace = asked.Namespace, ParentWorkflowNamespaceId = asked.NamespaceId, ParentWorkflowExecution = parent.Name,
            ParentInitiatedEventId = child.InitiatedEventId, RootWorkflowExecution = parent.State.Started.RootWorkflowExecution ?? parent.Name,
        };
        return new(started, $"{parent.RunId}:{child.InitiatedEventId}:0")
        {
            Reuse = asked.WorkflowIdReusePolicy, UserMetadata = parent.History[(int)child.InitiatedEventId - 1].UserMetadata,
        };
    }

    private Task<ParentClosePolicy> PolicyAsync(RunRef parent, long initiatedEventId) => engine.ReadAsync(
        parent, execution => execution.History[(int)initiatedEventId - 1].StartChildWorkflowExecutionInitiatedEventAttributes.ParentClosePolicy);

    private async Task SignalAsync(RunRef source, long initiatedEventId)
    {
        using var busy = engine.Clock.Busy();
        var initiated = await engine.ReadAsync(source, execution => execution.State.ExternalSignals.GetValueOrDefault(initiatedEventId)?.Initiated);
        if (initiated?.SignalExternalWorkflowExecutionInitiatedEventAttributes is not { } asked)
        {
            return;
        }

        var target = asked.WorkflowExecution;
        var delivered = target.WorkflowId != source.WorkflowId && await TryAsync(engine.TransitAsync(asked.NamespaceId, target.WorkflowId, target.RunId, (slot, tx) =>
        {
            slot.RequireOpen(target.RunId).Signal(tx, new()
            {
                SignalName = asked.SignalName, Input = asked.Input, Header = asked.Header, Identity = WorkflowEngine.ServerIdentity,
                ExternalWorkflowExecution = new() { WorkflowId = source.WorkflowId, RunId = source.RunId }, RequestId = RequestIdFor(source, initiatedEventId),
            });
            return true;
        }));
        await engine.ChangeAsync(source, (execution, tx) => execution.ExternalAnswered(tx, initiatedEventId, delivered));
    }

    /// <summary>Always the same for one Initiated event, and a UUID like those of other servers.</summary>
    private static string RequestIdFor(RunRef source, long initiatedEventId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{source.RunId}:{initiatedEventId}")));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }

    private async Task CancelAsync(RunRef source, long initiatedEventId)
    {
        using var busy = engine.Clock.Busy();
        var initiated = await engine.ReadAsync(source, execution => execution.State.ExternalCancels.GetValueOrDefault(initiatedEventId)?.Initiated);
        if (initiated?.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes is not { } asked)
        {
            return;
        }

        var target = asked.WorkflowExecution;
        var delivered = target.WorkflowId != source.WorkflowId && await TryAsync(engine.TransitAsync(asked.NamespaceId, target.WorkflowId, target.RunId, (slot, tx) =>
        {
            slot.Require(target.RunId).RequestCancel(tx, new()
            {
                Cause = asked.Reason, ExternalInitiatedEventId = initiatedEventId, Identity = WorkflowEngine.ServerIdentity,
                ExternalWorkflowExecution = new() { WorkflowId = source.WorkflowId, RunId = source.RunId },
            });
            return true;
        }));
        await engine.ChangeAsync(source, (execution, tx) => execution.ExternalAnswered(tx, initiatedEventId, delivered));
    }

    private async Task ApplyParentCloseAsync(RunRef parent, string childWorkflowId, string childRunId, ParentClosePolicy policy)
    {
        if (policy == ParentClosePolicy.Abandon)
        {
            return;
        }

        await TryAsync(engine.TransitAsync(parent.NamespaceId, childWorkflowId, "", (slot, tx) =>
        {
            // The child is a chain: what is ended is its current run.
            var child = slot.RequireOpen("", childRunId);
            if (policy == ParentClosePolicy.RequestCancel)
            {
                child.RequestCancel(tx, new()
                {
                    ExternalWorkflowExecution = new WorkflowExecution { WorkflowId = parent.WorkflowId, RunId = parent.RunId }, Identity = WorkflowEngine.ServerIdentity,
                });
            }
            else
            {
                child.Terminate(tx, ParentCloseReason, null, WorkflowEngine.ServerIdentity);
            }

            return true;
        }));
    }

    private async Task CheckChildAsync(RunRef parent, long initiatedEventId, string workflowId, string runId)
    {
        for (var at = runId; at.Length > 0;)
        {
            var here = at;
            var (closing, next) = await engine.TransitAsync(parent.NamespaceId, workflowId, here, (slot, _) => slot.Find(here) is { } child
                ? (child.State.NextRunId.Length == 0 ? child.ClosingForParent() : null, child.State.NextRunId)
                : (null, ""));
            if (closing is not null && closing.InitiatedEventId == initiatedEventId)
            {
                TellParent(parent, closing);
                return;
            }

            at = next;
        }
    }

    private async Task CheckParentAsync(RunRef child, RunRef parent, long initiatedEventId)
    {
        var isClosed = await engine.TransitAsync(
            parent.NamespaceId, parent.WorkflowId, parent.RunId, (slot, _) => slot.Find(parent.RunId) is { State.IsOpen: false } run && run.State.Children.ContainsKey(initiatedEventId));
        if (isClosed)
        {
            var first = await engine.ReadAsync(child, execution => execution.FirstRunId);
            await ApplyParentCloseAsync(parent, child.WorkflowId, first, await PolicyAsync(parent, initiatedEventId));
        }
    }

    private static async Task<bool> TryAsync(Task<bool> delivery)
    {
        try
        {
            return await delivery;
        }
        catch (RpcFailure refused) when (refused.Code is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return false;
        }
    }

    private static async Task IgnoreMissingAsync(Task<bool> delivery) => await TryAsync(delivery);
}
