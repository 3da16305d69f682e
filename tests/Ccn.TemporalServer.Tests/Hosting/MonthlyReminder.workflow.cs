using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>Sleeps a month and does something, again and again: what time skipping is for.</summary>
[Workflow("MonthlyReminder")]
public sealed class MonthlyReminderWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(int months)
    {
        var sent = 0;
        for (var month = 0; month < months; month++)
        {
            await Workflow.DelayAsync(TimeSpan.FromDays(30));
            sent = await Workflow.ExecuteActivityAsync(() => Add(sent), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        }

        return sent;
    }

    [Activity("MonthlyReminder.Add")]
    public static int Add(int sent) => sent + 1;
}
