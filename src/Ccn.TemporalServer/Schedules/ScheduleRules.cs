using Ccn.TemporalServer.Engine;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>What clients may define, and what is filled in where they say nothing.</summary>
internal static class ScheduleRules
{
    private static readonly TimeSpan DefaultCatchUp = TimeSpan.FromDays(365);
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromSeconds(10);

    /// <summary>Checks a definition and completes it.</summary>
    public static Schedule Checked(WorkflowEngine engine, string namespaceId, Schedule? given)
    {
        var schedule = given?.Clone() ?? new();
        schedule.Spec = CanonicalSpec.Of(schedule.Spec ?? new());
        schedule.State ??= new();
        schedule.Policies = Checked(schedule.Policies ?? new());
        schedule.Action ??= new();
        if (schedule.Action.StartWorkflow is { } action)
        {
            Check(engine, namespaceId, action);
        }

        return schedule;
    }

    private static SchedulePolicies Checked(SchedulePolicies policies)
    {
        if (policies.OverlapPolicy == ScheduleOverlapPolicy.Unspecified)
        {
            policies.OverlapPolicy = ScheduleOverlapPolicy.Skip;
        }

        policies.CatchupWindow =
            policies.CatchupWindow is null ? Duration.FromTimeSpan(DefaultCatchUp)
            : policies.CatchupWindow.OrZero() < LeastCatchUp ? Duration.FromTimeSpan(LeastCatchUp)
            : policies.CatchupWindow;
        return policies;
    }

    private static void Check(WorkflowEngine engine, string namespaceId, NewWorkflowExecutionInfo action)
    {
        Names.Check("WorkflowId", action.WorkflowId, engine.Limits);
        if (action.WorkflowType is not { Name.Length: > 0 })
        {
            throw Refusal.Invalid("WorkflowType is not set on request.");
        }

        Names.Check("WorkflowType", action.WorkflowType.Name, engine.Limits);
        StartRules.CheckQueue(action.TaskQueue, engine.Limits);
        if (action.WorkflowIdReusePolicy is not (WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate))
        {
            throw Refusal.Invalid("Scheduled workflow must not contain WorkflowIDReusePolicy");
        }

        if (action.CronSchedule.Length > 0)
        {
            throw Refusal.Invalid("Scheduled workflow must not contain CronSchedule");
        }

        RetryDecision.Validate(action.RetryPolicy);
        StartRules.CheckOverride(action.VersioningOverride, action.TaskQueue.Name);
        StartRules.CheckSize(action.Input, engine.Limits);
        action.SearchAttributes = engine.CheckSearchAttributes(namespaceId, action.SearchAttributes);
        action.TaskQueue.Kind = TaskQueueKind.Normal;
    }
}
