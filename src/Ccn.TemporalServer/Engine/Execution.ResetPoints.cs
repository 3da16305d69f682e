using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Workflow.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>Points to which a run may be reset: the first completed task of each build.</content>
internal sealed partial class Execution
{
    /// <summary>The points of the chain, those of earlier runs first; null when there are none.</summary>
    public ResetPoints? AllResetPoints()
    {
        var points = new ResetPoints();
        points.Points.AddRange(State.Started.PrevAutoResetPoints?.Points ?? []);
        points.Points.AddRange(OwnResetPoints(null));
        return points.Points.Count == 0 ? null : points;
    }

    private ResetPoints? ResetPointsForNext()
    {
        var points = new ResetPoints();
        points.Points.AddRange(State.Started.PrevAutoResetPoints?.Points ?? []);
        points.Points.AddRange(OwnResetPoints((engine.Clock.GetUtcNow() + engine.Retention(NamespaceId)).AsTimestamp()));
        return points.Points.Count == 0 ? null : points;
    }

    private IEnumerable<ResetPointInfo> OwnResetPoints(Timestamp? expires) => State.ResetPoints.Select(p => new ResetPointInfo
    {
        BinaryChecksum = p.BuildId, BuildId = p.BuildId, RunId = RunId, FirstWorkflowTaskCompletedId = p.CompletedEventId,
        CreateTime = p.CreateTime, ExpireTime = expires, Resettable = true,
    });
}
