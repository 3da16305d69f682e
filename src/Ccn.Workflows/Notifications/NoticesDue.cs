using Temporalio.Client;

namespace Ccn.Workflows.Notifications;

/// <summary>For whoever has written notices that have to leave the site: called after the commit.</summary>
public static class NoticesDue
{
    /// <summary>Wakes the delivery, and starts it where it does not run.</summary>
    public static Task SignalAsync(ITemporalClient temporal)
    {
        ArgumentNullException.ThrowIfNull(temporal);
        var start = new WorkflowOptions(NoticeDeliveryWorkflow.Id, TaskQueues.Lifecycle) { StaticSummary = "Notices by e-mail and web push", StaticDetails = "Sends what people have chosen to get outside the site." };
        start.SignalWithStart((NoticeDeliveryWorkflow wf) => wf.DueAsync());
        return temporal.StartWorkflowAsync((NoticeDeliveryWorkflow wf) => wf.RunAsync(new(1)), start);
    }
}
