using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>The refusals of the service, worded as the real server words them.</summary>
internal static class Refusal
{
    public const string AlreadyCompleted = "workflow execution already completed";

    public static RpcFailure Invalid(string message, params IMessage[] details) => new(StatusCode.InvalidArgument, message, details);

    public static RpcFailure NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static RpcFailure Completed() => NotFound(AlreadyCompleted);

    public static RpcFailure NotReady(string message) => new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static RpcFailure Precondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static RpcFailure Busy(string message) => Exhausted(message, ResourceExhaustedCause.BusyWorkflow);

    public static RpcFailure Exhausted(string message, ResourceExhaustedCause cause) =>
        new(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = ResourceExhaustedScope.Namespace });

    /// <summary>No such run: the text depends on whether the caller named a run.</summary>
    public static RpcFailure UnknownRun(string workflowId, string runId) => NotFound(runId.Length > 0
        ? $"workflow execution not found for workflow ID \"{workflowId}\" and run ID \"{runId}\""
        : $"workflow not found for ID: {workflowId}");

    public static RpcFailure StaleWorkflowTask() => NotFound("Workflow task not found.");

    public static RpcFailure StaleActivity() =>
        NotFound("invalid activityID or activity already timed out or invoking workflow is completed");
}
