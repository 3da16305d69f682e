using Ccn.Workflows.Lifecycle;
using Temporalio.Client;

namespace Ccn.Workflows.Tests;

/// <summary>Waits for what is sure to come, such as the effect of a signal, which has no answer. It fails after a time that no machine needs.</summary>
internal static class Eventually
{
    public static async Task AsyncTrue(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, "The awaited state did not come.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>
    /// Waits until the workflow stands at one of the states with no task open. A query is answered from all that has happened, but an update that comes
    /// before the task that tells the workflow of it is looked at first: it would be refused for the state before.
    /// </summary>
    public static Task StandsAtAsync(WorkflowHandle workflow, params string[] states) => AsyncTrue(async () =>
    {
        var status = await workflow.QueryAsync<WorkflowStatus>("status", []);
        return states.Contains(status.State) && !await HasOpenTaskAsync(workflow);
    });

    private static async Task<bool> HasOpenTaskAsync(WorkflowHandle workflow)
    {
        var described = await workflow.Client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = workflow.Client.Options.Namespace, Execution = new() { WorkflowId = workflow.Id } });
        return described.PendingWorkflowTask is not null;
    }
}
