using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Web.Tests.TemporalUi;

/// <summary>A workflow with everything that the UI shows: an activity that is tried again and again, a named timer, details, a query, a signal and an update.</summary>
[Workflow("Parcel")]
public sealed class ParcelWorkflow
{
    private readonly List<string> notes = [];
    private bool released;

    [WorkflowQuery("notes")] public IReadOnlyList<string> Notes => notes;

    [WorkflowRun]
    public async Task<string> RunAsync(string address)
    {
        Workflow.CurrentDetails = "Waits for the **customs**";
        var label = Workflow.ExecuteActivityAsync(
            (ParcelActivities a) => a.PrintLabel(address),
            new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), Summary = "label for Berlin", RetryPolicy = new() { InitialInterval = TimeSpan.FromHours(1) } });
        await Workflow.WaitConditionWithOptionsAsync(new(() => released, TimeSpan.FromDays(3)) { TimeoutSummary = "customs: 3 days" });
        Workflow.CurrentDetails = "Released";
        return released ? "delivered" : await label;
    }

    [WorkflowSignal("release")]
    public Task ReleaseAsync()
    {
        released = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate("note")]
    public Task<int> NoteAsync(string text)
    {
        notes.Add(text);
        return Task.FromResult(notes.Count);
    }
}

/// <summary>The printer is out of paper, always.</summary>
public sealed class ParcelActivities
{
    [Activity]
    public string PrintLabel(string address) => throw new ApplicationFailureException($"No paper for {address}");
}
