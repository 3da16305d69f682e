using Temporalio.Workflows;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Workflow time and waits with a deadline and a title.</summary>
internal static class WorkflowTime
{
    public static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Waits until the condition holds or the deadline has passed. True when the condition holds, also at a deadline that is met in the same instant.</summary>
    /// <param name="summary">The line that people read on the timer.</param>
    public static async Task<bool> UntilAsync(Func<bool> condition, DateTimeOffset deadline, string summary, CancellationToken? cancel = null)
    {
        if (condition()) { return true; }

        var left = deadline - Now;
        if (left <= TimeSpan.Zero) { return false; }

        await Workflow.WaitConditionWithOptionsAsync(new(condition, left, summary, cancel));
        return condition();
    }

    /// <summary>Answers callers that still wait before the workflow ends, even when it was canceled.</summary>
    public static Task HandlersFinishedAsync() => Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
}
