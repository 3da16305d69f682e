using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Sales;

public sealed partial class SalesIntakeWorkflow
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>Amazon says that there is something new.</summary>
    [WorkflowSignal("orderNoticed")]
    public Task OrderNoticedAsync(OrderNoticed notice)
    {
        if (handled.TryAdd(notice.NoticeId)) { pullRequested = true; }

        return Task.CompletedTask;
    }

    [WorkflowSignal("changeInterval")]
    public Task ChangeIntervalAsync(ChangeInterval change)
    {
        // Signals cannot be refused; a shorter interval than Amazon's limits would only collect refusals.
        interval = change.Interval < ShortestInterval ? ShortestInterval : change.Interval;
        return Task.CompletedTask;
    }

    /// <summary>A person asks for the newest sales; answered by the first pull that starts after the question.</summary>
    [WorkflowUpdate("PullNow")]
    public async Task<SalesPulled> PullNowAsync(PullSales command)
    {
        var mine = started + 1;
        pullRequested = true;
        await Workflow.WaitConditionAsync(() => finished >= mine);
        return last!;
    }

    [WorkflowUpdateValidator(nameof(PullNowAsync))]
    public void ValidatePullNow(PullSales command)
    {
        if (string.IsNullOrEmpty(command.UserId)) { throw Refusal.Invalid("A person asks for sales."); }
        if (started >= PullsPerRun) { throw Refusal.Conflict("The intake is starting its next run; ask again."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);
}
