using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// The updates of a run that are under way. What was accepted stands in the history; what is only admitted is lost in a
/// restart, and its caller sends it again.
/// </summary>
internal sealed class UpdateRegistry(Execution execution, EngineLimits limits)
{
    private readonly Dictionary<string, UpdateEntry> inFlight = new(StringComparer.Ordinal);

    /// <summary>Number of distinct updates of the run.</summary>
    public int Total => execution.State.Updates.Count + Waiting.Count();

    /// <summary>True while an update is under way.</summary>
    public bool IsAwaited => inFlight.Count > 0;

    /// <summary>True when an update waits for a workflow task to take it along.</summary>
    public bool HasUnsent => Waiting.Any(u => !u.IsSent);

    /// <summary>Admitted and not accepted, in order of arrival.</summary>
    private IEnumerable<UpdateEntry> Waiting => inFlight.Values.Where(u => !execution.State.Updates.ContainsKey(u.Id));

    /// <summary>The update with that ID, under way or known from history; null when there is none.</summary>
    public UpdateEntry? Find(string id)
    {
        if (inFlight.TryGetValue(id, out var entry))
        {
            return entry;
        }

        if (!execution.State.Updates.TryGetValue(id, out var known))
        {
            return null;
        }

        var outcome = known.Outcome ?? (execution.State.IsOpen ? null : ClosedBeforeCompleted());
        var stage = outcome is not null ? Stage.Completed : known.AcceptedEventId == 0 ? Stage.Admitted : Stage.Accepted;
        entry = new(id, known.Request ?? new Request(), new(stage, outcome));
        if (outcome is null)
        {
            inFlight[id] = entry;
        }

        return entry;
    }

    /// <summary>Takes a new update in; refuses it above the limits.</summary>
    public UpdateEntry Admit(string id, Request request)
    {
        if (inFlight.Count >= limits.UpdatesInFlight)
        {
            throw Refusal.Exhausted(
                $"limit on number of concurrent in-flight updates has been reached ({limits.UpdatesInFlight})", ResourceExhaustedCause.ConcurrentLimit);
        }

        if (Total >= limits.UpdatesPerRun)
        {
            throw Refusal.Precondition(
                $"The limit on the total number of distinct updates in this workflow has been reached ({limits.UpdatesPerRun}). Make sure any duplicate updates "
                + "share an Update ID so the server can deduplicate them, and consider rejecting updates that you aren't going to process");
        }

        return inFlight[id] = new(id, request, new(Stage.Admitted));
    }

    /// <summary>The updates that the workflow task being started takes along.</summary>
    public IReadOnlyList<UpdateEntry> Send()
    {
        var sent = Waiting.ToList();
        sent.ForEach(u => u.IsSent = true);
        return sent;
    }

    /// <summary>The task did not complete: its updates go with the next one.</summary>
    public void TakeBack()
    {
        foreach (var update in inFlight.Values)
        {
            update.IsSent = false;
        }
    }

    /// <summary>What tells the callers of an update that it was accepted.</summary>
    public Action Accepted(string id) => Publish(id, new(Stage.Accepted), isOver: false);

    /// <summary>What tells the callers of an update its outcome.</summary>
    public Action Completed(string id, Outcome outcome) => Publish(id, new(Stage.Completed, outcome), isOver: true);

    /// <summary>The worker's validator refused the update.</summary>
    public void Reject(Transition tx, Message message)
    {
        if (message.Body.TryUnpack(out Rejection rejection))
        {
            tx.After(Publish(message.ProtocolInstanceId, new(Stage.Completed, new Outcome { Failure = rejection.Failure }), isOver: true));
        }
    }

    /// <summary>The completed task carried updates that its worker said nothing about: it does not know updates.</summary>
    public void RejectUnanswered(Transition tx)
    {
        foreach (var update in Waiting.Where(u => u.IsSent).ToList())
        {
            var failure = ServerFailure("UnprocessedUpdate", "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.");
            tx.After(Publish(update.Id, new(Stage.Completed, new Outcome { Failure = failure }), isOver: true));
        }
    }

    /// <summary>The run closed: what was accepted has failed, what was only admitted is aborted.</summary>
    public void Close(Transition tx)
    {
        foreach (var update in inFlight.Values.ToList())
        {
            var accepted = execution.State.Updates.TryGetValue(update.Id, out var known) && known.AcceptedEventId != 0;
            tx.After(Publish(update.Id, accepted ? new(Stage.Completed, known!.Outcome ?? ClosedBeforeCompleted()) : new(Stage.Admitted, Error: Aborted()), isOver: true));
        }
    }

    /// <summary>Fails everything that waits: the run was dropped from memory.</summary>
    public void Abandon()
    {
        foreach (var update in inFlight.Values)
        {
            update.Publish(new(Stage.Admitted, Error: new RpcFailure(Grpc.Core.StatusCode.Unavailable, "the change could not be stored")));
        }

        inFlight.Clear();
    }

    private RpcFailure Aborted() => execution.State.NextRunId.Length > 0
        ? Refusal.Busy("workflow operation can not be applied because workflow is closing")
        : Refusal.NotFound("workflow update was aborted by closing workflow");

    private Action Publish(string id, UpdateStatus status, bool isOver)
    {
        var entry = inFlight.GetValueOrDefault(id);
        if (isOver)
        {
            inFlight.Remove(id);
        }

        return () => entry?.Publish(status);
    }

    private static Outcome ClosedBeforeCompleted() => new()
    {
        Failure = ServerFailure("AcceptedUpdateCompletedWorkflow", "Workflow Update failed because the Workflow completed before the Update completed."),
    };

    private static Failure ServerFailure(string type, string message) => new()
    {
        Message = message, Source = "Server", ApplicationFailureInfo = new() { Type = type, NonRetryable = true },
    };
}
