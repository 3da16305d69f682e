using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>A timer of a workflow that has not fired.</summary>
/// <param name="TimerId">ID the workflow gave it.</param>
/// <param name="StartedEventId">Its Started event.</param>
/// <param name="Due">When it fires.</param>
internal sealed record PendingTimer(string TimerId, long StartedEventId, DateTimeOffset Due)
{
    /// <summary>True when its Fired event waits in the buffer.</summary>
    public bool IsFiring { get; set; }
}

/// <summary>A child between its Initiated and its closing event.</summary>
internal sealed class PendingChild(long initiatedEventId, StartChildWorkflowExecutionInitiatedEventAttributes initiated)
{
    /// <summary>Id of the Initiated event.</summary>
    public long InitiatedEventId { get; } = initiatedEventId;

    /// <summary>What was asked for.</summary>
    public StartChildWorkflowExecutionInitiatedEventAttributes Initiated { get; } = initiated;

    /// <summary>Id of the Started event; 0 until it is written.</summary>
    public long StartedEventId { get; set; }

    /// <summary>First run of the child; empty until it is known to be started.</summary>
    public string RunId { get; set; } = "";

    /// <summary>True when a closing event (or the failure of its start) waits in the buffer.</summary>
    public bool IsClosing { get; set; }

    /// <summary>True when the start is still to be tried.</summary>
    public bool NeedsStart => RunId.Length == 0 && !IsClosing;
}

/// <summary>A signal or a cancel request to another run that has not been answered.</summary>
/// <param name="Initiated">The Initiated event.</param>
internal sealed record PendingExternal(HistoryEvent Initiated)
{
    /// <summary>True when the answer waits in the buffer.</summary>
    public bool IsClosing { get; set; }
}

/// <summary>An update that history knows.</summary>
internal sealed class AcceptedUpdate(long acceptedEventId, Request? request)
{
    /// <summary>Id of its Accepted event; 0 for one that was only admitted by a reset.</summary>
    public long AcceptedEventId { get; set; } = acceptedEventId;

    /// <summary>The request.</summary>
    public Request? Request { get; } = request;

    /// <summary>Its outcome; null until it is completed.</summary>
    public Outcome? Outcome { get; set; }
}

/// <summary>A point to which a run may be reset: the first task that a build completed.</summary>
internal sealed record ResetPoint(string BuildId, string RunId, long CompletedEventId, Timestamp CreateTime);

/// <summary>A pause of a run.</summary>
internal sealed record PauseOfRun(DateTimeOffset At, string Identity, string Reason, string RequestId);

/// <summary>The event behind a request ID.</summary>
internal sealed record RequestIdOrigin(EventType EventType, long EventId);
