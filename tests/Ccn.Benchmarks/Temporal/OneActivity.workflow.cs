using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ccn.Benchmarks.Temporal;

/// <summary>The smallest useful workflow: one activity.</summary>
[Workflow]
public sealed class OneActivityWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        () => Greeting.Greet(name), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
}

/// <summary>Its activity.</summary>
public static class Greeting
{
    [Activity]
    public static string Greet(string name) => $"Hello {name}";
}
