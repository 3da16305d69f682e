using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>Activities of the sample workflows; the attempts are counted.</summary>
internal sealed class SampleActivities
{
    public int Attempts { get; private set; }

    [Activity]
    public string Greet(string name) => $"Hello {name}";

    [Activity]
    public string FailTwice(string name)
    {
        Attempts++;
        return Attempts < 3 ? throw new ApplicationFailureException($"attempt {Attempts}") : $"Hello {name} at last";
    }

    [Activity]
    public async Task WaitForCancelAsync()
    {
        while (true)
        {
            ActivityExecutionContext.Current.Heartbeat();
            await Task.Delay(50, ActivityExecutionContext.Current.CancellationToken);
        }
    }
}

[Workflow]
public sealed class OneActivityWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string name) => Workflow.ExecuteActivityAsync(
        (SampleActivities a) => a.Greet(name), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), Summary = "greets" });
}

[Workflow]
public sealed class RetryWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        await Workflow.DelayAsync(TimeSpan.FromDays(30));
        return await Workflow.ExecuteActivityAsync((SampleActivities a) => a.FailTwice(name), new()
        {
            StartToCloseTimeout = TimeSpan.FromMinutes(1),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromHours(1), BackoffCoefficient = 2 },
        });
    }
}

[Workflow]
public sealed class MessagesWorkflow
{
    private readonly List<string> notes = [];
    private bool done;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => done && Workflow.AllHandlersFinished);
        return string.Join(',', notes);
    }

    [WorkflowSignal]
    public Task NoteAsync(string note)
    {
        notes.Add(note);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        done = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Count() => notes.Count;

    [WorkflowUpdate]
    public async Task<int> AddAsync(string note)
    {
        notes.Add(note);
        await Workflow.DelayAsync(1);
        return notes.Count;
    }

    [WorkflowUpdateValidator(nameof(AddAsync))]
    public void ValidateAdd(string note)
    {
        if (note.Length == 0)
        {
            throw new ApplicationFailureException("empty note");
        }
    }
}

[Workflow]
public sealed class ParentWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        var child = await Workflow.StartChildWorkflowAsync((OneActivityWorkflow wf) => wf.RunAsync(name), new() { Id = Workflow.Info.WorkflowId + "/child" });
        var failing = await Workflow.StartChildWorkflowAsync((FailingWorkflow wf) => wf.RunAsync(), new() { Id = Workflow.Info.WorkflowId + "/failing" });
        try
        {
            await failing.GetResultAsync();
            return "no failure";
        }
        catch (ChildWorkflowFailureException e)
        {
            return $"{await child.GetResultAsync()}; {e.InnerException!.Message}";
        }
    }
}

[Workflow]
public sealed class FailingWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => throw new ApplicationFailureException("as planned");
}

[Workflow]
public sealed class ChainWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync(int left) => left == 0
        ? Task.FromResult(Workflow.CurrentHistoryLength)
        : throw Workflow.CreateContinueAsNewException((ChainWorkflow wf) => wf.RunAsync(left - 1));
}

[Workflow]
public sealed class CancelWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Workflow.ExecuteActivityAsync((SampleActivities a) => a.WaitForCancelAsync(), new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(5),
        HeartbeatTimeout = TimeSpan.FromSeconds(2),
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
    });
}

[Workflow]
public sealed class WaitingParentWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteChildWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), new() { Id = Workflow.Info.WorkflowId + "/child" });
}
