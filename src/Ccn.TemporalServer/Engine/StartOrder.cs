using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>A checked request to start a workflow, whoever asks: a client, a parent, the run before.</summary>
/// <param name="Started">First event of the run; run IDs are filled in when it is created.</param>
/// <param name="RequestId">Request ID: repeated, it names the run that it started.</param>
internal sealed record StartOrder(WorkflowExecutionStartedEventAttributes Started, string RequestId)
{
    /// <summary>Summary and details for people.</summary>
    public UserMetadata? UserMetadata { get; init; }

    /// <summary>What happens when the last run of the ID is closed.</summary>
    public WorkflowIdReusePolicy Reuse { get; init; }

    /// <summary>What happens when a run of the ID is open.</summary>
    public WorkflowIdConflictPolicy Conflict { get; init; }

    /// <summary>True to attach the request ID to the run that is open already.</summary>
    public bool AttachRequestId { get; init; }

    /// <summary>True when the caller can take the first workflow task itself.</summary>
    public bool Eager { get; init; }
}
