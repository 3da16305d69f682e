using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Sales;

/// <summary>The sales of one seller account: pulled at an interval, at a notice, or when a person asks. Pulls overlap and rows are unique, so nothing is missed and nothing counts twice.</summary>
[Workflow("SalesIntake")]
public sealed partial class SalesIntakeWorkflow
{
    /// <summary>About a day at the usual quarter of an hour: short histories, whatever the server suggests.</summary>
    private const int PullsPerRun = 96;

    private readonly SalesIntakeInput input;
    private readonly WorkflowProgress progress;
    private readonly HandledMessages handled;
    private readonly List<string> toldDesigns = [];
    private TimeSpan interval;
    private DateTimeOffset watermark;
    private bool pullRequested;
    private int started;
    private int finished;
    private SalesPulled? last;

    [WorkflowInit]
    public SalesIntakeWorkflow(SalesIntakeInput input)
    {
        this.input = input;
        interval = input.Interval;
        watermark = input.Watermark;
        handled = new(input.HandledNotices);
        progress = new(null, "SalesIntake", "Waiting", FormattableString.Invariant($"/{input.Run}"));
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    public static string IdFor(string sellerAccountId) => $"sales/{sellerAccountId}";

    public static WorkflowLabel LabelFor(string sellerAccountId) => new("Sales of a seller account", $"Seller account `{sellerAccountId}`, orders and finance events.");

    [WorkflowRun]
    public async Task RunAsync(SalesIntakeInput input)
    {
        try
        {
            while (started < PullsPerRun && !Workflow.ContinueAsNewSuggested)
            {
                await NextPullAsync();
                await PullAsync();
            }

            await WorkflowTime.HandlersFinishedAsync();
            Workflow.CancellationToken.ThrowIfCancellationRequested();   // the next run would know nothing of it
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            progress.Working("Canceled");
            await WorkflowTime.HandlersFinishedAsync();
            throw;
        }

        throw Workflow.CreateContinueAsNewException((SalesIntakeWorkflow wf) =>
            wf.RunAsync(new(this.input.SellerAccountId, interval, watermark, this.input.Run + 1, handled.Ids)));
    }

    // A change of the interval counts from now: the wait starts again with the new length.
    private async Task NextPullAsync()
    {
        while (!pullRequested)
        {
            var current = interval;
            var next = WorkflowTime.Now + current;
            progress.Waiting("Waiting", "the next sales or Amazon's notice of one", Party.Provider, next, "orders and finance events are pulled");
            if (!await WorkflowTime.UntilAsync(() => pullRequested || interval != current, next, "Next pull")) { return; }
        }
    }

    private async Task PullAsync()
    {
        pullRequested = false;
        started++;
        progress.Working("Pulling");
        SalesPulled? pulled = null;
        await progress.TryAsync("pull", async () => pulled = await Workflow.ExecuteActivityAsync(
            (ISalesActivities a) => a.PullAsync(new(input.SellerAccountId, watermark, WorkflowTime.Now)), ActivityPolicies.Pages.Titled("Pull orders and finance events")));

        // Skipped by an operator: the watermark stays, so the next pull takes the same span again.
        last = pulled ?? new(watermark, 0, 0, 0);
        watermark = last.Watermark;
        finished = started;
        foreach (var designId in last.SoldDesignIds ?? []) { await TellDesignAsync(designId); }
    }

    private async Task TellDesignAsync(string designId)
    {
        if (toldDesigns.Contains(designId, StringComparer.Ordinal)) { return; }

        toldDesigns.Add(designId);
        try { await Workflow.GetExternalWorkflowHandle(DesignLifecycleWorkflow.IdFor(designId)).SignalAsync("sold", [new DesignSold(Workflow.Info.WorkflowId)]); }
        catch (ApplicationFailureException) { Workflow.Logger.LogInformation("The life cycle of {DesignId} has ended; its sales go on being counted.", designId); }
    }
}
