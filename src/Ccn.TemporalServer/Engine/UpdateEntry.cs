using Ccn.TemporalServer.Wire;
using Temporalio.Api.Update.V1;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Ccn.TemporalServer.Engine;

/// <summary>An update that callers wait for.</summary>
internal sealed class UpdateEntry(string id, Request request, UpdateStatus status)
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private UpdateStatus status = status;

    /// <summary>Update ID.</summary>
    public string Id { get; } = id;

    /// <summary>The request.</summary>
    public Request Request { get; } = request;

    /// <summary>Id of the message that takes the request to the worker.</summary>
    public string MessageId => Id + "/request";

    /// <summary>True while the started workflow task carries the request.</summary>
    public bool IsSent { get; set; }

    /// <summary>What callers may know: only what is durable.</summary>
    public UpdateStatus Status
    {
        get
        {
            lock (gate) { return status; }
        }
    }

    /// <summary>Tells the waiting callers how far the update has come.</summary>
    public void Publish(UpdateStatus next)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (status.IsFinal)
            {
                return;
            }

            status = next;
            waiting = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }

    /// <summary>Waits until a stage is reached, at most until the given instant (real clock), and says how far it has come.</summary>
    public async Task<UpdateStatus> WaitAsync(Stage stage, DateTimeOffset until, TimeProvider real, CancellationToken cancel)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (status.IsFinal || status.Stage >= stage)
                {
                    return status;
                }

                wait = changed.Task;
            }

            var left = until - real.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return Status;
            }

            try
            {
                await wait.WaitAsync(left, real, cancel);
            }
            catch (TimeoutException)
            {
                return Status;
            }
        }
    }
}

/// <summary>How far an update has come.</summary>
/// <param name="Stage">Stage reached.</param>
/// <param name="Outcome">Its outcome, once completed or rejected.</param>
/// <param name="Error">Why it never got an outcome.</param>
internal sealed record UpdateStatus(Stage Stage, Outcome? Outcome = null, RpcFailure? Error = null)
{
    /// <summary>True when nothing more will happen.</summary>
    public bool IsFinal => Outcome is not null || Error is not null;
}
