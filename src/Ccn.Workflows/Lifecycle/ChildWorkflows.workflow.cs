using Temporalio.Workflows;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Stages that are workflows of their own.</summary>
internal static class ChildWorkflows
{
    /// <summary>
    /// Runs a child to its end. A cancellation that comes while the server still starts the child waits for the start: a server looks for the child by its
    /// id, and before the start finds nothing, or an earlier run of that id that is over. Either way the child itself would never hear of it.
    /// </summary>
    /// <param name="start">Starts the child with the cancellation token that it is given.</param>
    /// <param name="cancel">Asks for the child's cancellation.</param>
    public static async Task<TResult> RunAsync<TWorkflow, TResult>(Func<CancellationToken, Task<ChildWorkflowHandle<TWorkflow, TResult>>> start, CancellationToken cancel)
    {
        using var stop = new CancellationTokenSource();
        var mayHear = !Workflow.Patched(LifecyclePatches.ChildCanceledAfterStart);
        using var heard = cancel.Register(() => { if (mayHear) { stop.Cancel(); } });
        var child = await start(stop.Token);
        mayHear = true;
        if (cancel.IsCancellationRequested) { stop.Cancel(); }

        return await child.GetResultAsync();
    }
}
