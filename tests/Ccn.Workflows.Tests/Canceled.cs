using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests;

/// <summary>Cancels a workflow at one of its waits, as an operator does, and looks at what it leaves.</summary>
internal static class Canceled
{
    /// <summary>Cancels at the state and waits for the end.</summary>
    /// <param name="survivors">Ids of the workflows that may still run; everything else has ended too.</param>
    /// <returns>The last status.</returns>
    public static async Task<WorkflowStatus> AtAsync(World world, WorkflowHandle workflow, string state, params string[] survivors)
    {
        await Eventually.StandsAtAsync(workflow, state);
        await workflow.CancelAsync();
        return await EndedAsync(world, workflow, survivors);
    }

    /// <summary>A workflow that was canceled ends as canceled, and so does everything under it.</summary>
    public static async Task<WorkflowStatus> EndedAsync(World world, WorkflowHandle workflow, params string[] survivors)
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => workflow.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        await Eventually.AsyncTrue(async () => (await RunningAsync(world)).SetEquals(survivors));   // a real server lists a little later
        return await StatusAsync(workflow);
    }

    private static async Task<HashSet<string>> RunningAsync(World world)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var open in world.Client.ListWorkflowsAsync("ExecutionStatus = 'Running'")) { running.Add(open.Id); }

        return running;
    }

    private static Task<WorkflowStatus> StatusAsync(WorkflowHandle workflow) => workflow.QueryAsync<WorkflowStatus>("status", []);
}
