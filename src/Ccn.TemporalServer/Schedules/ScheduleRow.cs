using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>Schedules as queries see them.</summary>
internal static class ScheduleRow
{
    /// <summary>Attribute by which queries for schedules name one.</summary>
    public const string IdField = "ScheduleId";

    private const string PausedField = "TemporalSchedulePaused";
    private const string DivisionField = "TemporalNamespaceDivision";

    /// <summary>A schedule among schedules.</summary>
    public static VisibilityHit Of(ScheduleRunner runner)
    {
        var state = runner.State;
        var attributes = state.Described.SearchAttributes?.Clone() ?? new();
        attributes.IndexedFields[IdField] = PayloadForms.Json(runner.ScheduleId);
        attributes.IndexedFields[PausedField] = PayloadForms.Json(state.Schedule.State.Paused);
        var created = state.Info.CreateTime.ToDateTimeOffset();
        return new(runner.ScheduleId, "", new("", "", WorkflowExecutionStatus.Running, created, created, null, 0, 0, 0, "", null, null, "", "", null, attributes));
    }

    /// <summary>A schedule among runs: on a real server it is one, in a division of its own, and the web UI counts it there.</summary>
    public static VisibilityHit AsRun(ScheduleRunner runner)
    {
        var hit = Of(runner);
        hit.Row.SearchAttributes!.IndexedFields[DivisionField] = PayloadForms.Json("TemporalScheduler");
        return hit with { WorkflowId = "temporal-sys-scheduler:" + runner.ScheduleId, Row = hit.Row with { WorkflowType = "temporal-sys-scheduler-workflow" } };
    }
}
