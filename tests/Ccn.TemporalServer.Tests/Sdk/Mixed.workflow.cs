using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>Activities that count how often each step was done; a step that is not told to fail succeeds.</summary>
public sealed class MixedActivities
{
    private readonly ConcurrentDictionary<string, int> attempts = new(StringComparer.Ordinal);

    [Activity]
    public async Task<int> StepAsync(string key, int failures)
    {
        await Task.Delay(20);
        var attempt = attempts.AddOrUpdate(key, 1, (_, count) => count + 1);
        return attempt > failures ? 1 : throw new ApplicationFailureException($"attempt {attempt} of {key}");
    }
}

/// <summary>One of several shapes of work; each returns how much of it was done.</summary>
[Workflow]
public class MixedWorkflow
{
    private readonly List<int> signals = [];

    [WorkflowRun]
    public async Task<int> RunAsync(MixedInput input) => input.Shape switch
    {
        MixedShape.Activities => await ActivitiesAsync(input, failures: 0),
        MixedShape.Retries => await ActivitiesAsync(input, failures: 2),
        MixedShape.Timers => await TimersAsync(input.Steps),
        MixedShape.Children => await ChildAsync(input with { Shape = MixedShape.Activities }),
        MixedShape.Chain => await ChainAsync(input),
        _ => await SignalsAsync(input.Steps),
    };

    [WorkflowSignal]
    public Task SignalAsync(int number)
    {
        signals.Add(number);
        return Task.CompletedTask;
    }

    private static async Task<int> ActivitiesAsync(MixedInput input, int failures)
    {
        var done = input.Done;
        for (var step = 0; step < input.Steps; step++)
        {
            done += await Workflow.ExecuteActivityAsync(
                (MixedActivities a) => a.StepAsync($"{Workflow.Info.RunId}:{step}", failures),
                new()
                {
                    StartToCloseTimeout = TimeSpan.FromSeconds(3),
                    RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(100), BackoffCoefficient = 1 },
                });
        }

        return done;
    }

    private static Task<int> ChildAsync(MixedInput input) => Workflow.ExecuteChildWorkflowAsync(
        (MixedWorkflow wf) => wf.RunAsync(input), new() { Id = $"{Workflow.Info.WorkflowId}-child" });

    private static async Task<int> TimersAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(400));
        }

        return steps;
    }

    private static async Task<int> ChainAsync(MixedInput input)
    {
        var done = await ActivitiesAsync(input with { Steps = 1 }, failures: 0);
        var next = input with { Done = done };
        return done >= input.Steps ? done : throw Workflow.CreateContinueAsNewException((MixedWorkflow wf) => wf.RunAsync(next));
    }

    /// <summary>Each signal must come once, and in the order in which they were acknowledged.</summary>
    private async Task<int> SignalsAsync(int count)
    {
        await Workflow.WaitConditionAsync(() => signals.Count >= count);
        return signals.SequenceEqual(Enumerable.Range(0, count)) ? count : throw new ApplicationFailureException($"signals {string.Join(',', signals)}");
    }
}

public enum MixedShape
{
    Activities,
    Retries,
    Timers,
    Children,
    Chain,
    Signals,
}

/// <param name="Shape">What is done.</param>
/// <param name="Steps">How much of it.</param>
/// <param name="Done">What earlier runs of the chain did.</param>
public sealed record MixedInput(MixedShape Shape, int Steps, int Done = 0);
