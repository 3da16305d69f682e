using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>A command that cannot be carried out: the workflow task fails and all its commands are undone.</summary>
/// <param name="cause">Cause that the history records.</param>
/// <param name="text">What is wrong, without the cause; empty for a cause that speaks for itself.</param>
internal sealed class BadCommand(WorkflowTaskFailedCause cause, string text) : Exception(text.Length == 0 ? cause.ToString() : $"{cause}: {text}")
{
    /// <summary>Cause that the history records.</summary>
    public WorkflowTaskFailedCause Cause { get; } = cause;

    /// <summary>True when the run cannot go on at all (a payload above the limit): it is terminated.</summary>
    public bool TerminatesRun { get; init; }
}
