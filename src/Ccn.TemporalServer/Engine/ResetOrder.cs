using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>A checked request to go back in a run and go on from there in a new one.</summary>
/// <param name="FinishEventId">The event that is replaced: it ended (or began) a workflow task.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Signals">Whether signals that came after the point are applied again.</param>
/// <param name="Updates">Whether updates that were accepted after the point are asked again.</param>
/// <param name="Further">Signals to be recorded after those.</param>
internal sealed record ResetOrder(
    long FinishEventId, string Reason, bool Signals, bool Updates, IReadOnlyList<WorkflowExecutionSignaledEventAttributes> Further);
