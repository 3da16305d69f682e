using Temporalio.Workflows;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Stages that are workflows of their own.</summary>
internal static class ChildWorkflows
{
    /// <summary>A child hears of a cancellation after it has started. Can go when no life cycle from before 28 November 2026 is open.</summary>
    private const string CanceledAfterStart = "child-20261126-canceled-after-start";

    /// <summary>
    /// Runs a child to its end. A cancellation that comes while the server still starts the child waits for the start: a server looks for the child by its
    /// id, and before the start finds nothing, or an earlier run of that id that is over. Either way the child itself would never hear of it.
    /// </summary>
    /// <param name="start">Starts the child with the cancellation token that it is given.</param>
    /// <param name="cancel">Asks for the child's cancellation.</param>
    public static async Task<TResult> RunAsync<TWorkflow, TResult>(Func<CancellationToken, Task<ChildWorkflowHandle<TWorkflow, TResult>>> start, CancellationToken cancel)
    {
        using var stop = new CancellationTokenSource();
        var mayHear = !Workflow.Patched(CanceledAfterStart);
        using var heard = cancel.Register(() => { if (mayHear) { stop.Cancel(); } });
        var child = await start(stop.Token);
        mayHear = true;
        if (cancel.IsCancellationRequested) { stop.Cancel(); }

        return await child.GetResultAsync();
    }
}
