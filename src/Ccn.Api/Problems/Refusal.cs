using System.Text.Json;
using Ccn.Data.Files;
using Temporalio.Exceptions;

namespace Ccn.Api.Problems;

/// <summary>Why something was not done, with the same code and the same words for programs and for people.</summary>
/// <param name="Errors">What is wrong with which field; null when it is not about fields.</param>
public sealed record Refusal(ProblemCode Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>Reads a failure of any layer.</summary>
    public static Refusal Of(Exception exception) => exception switch
    {
        ProblemException problem => new(problem.Code, problem.Message, problem.Errors),
        FileRefusedException refused => new(ProblemCode.Named(refused.Code) ?? ProblemCode.RequestInvalid, refused.Message),
        WorkflowUpdateFailedException { InnerException: ApplicationFailureException failure } => FromFailure(failure),
        WorkflowUpdateFailedException { InnerException: ActivityFailureException { InnerException: ApplicationFailureException failure } } => FromFailure(failure),
        WorkflowUpdateFailedException failed => new(ProblemCode.StateConflict, failed.InnerException?.Message ?? failed.Message),
        WorkflowFailedException { InnerException: TimeoutFailureException } => new(ProblemCode.ProviderUnavailable, "There was no answer in time."),
        WorkflowFailedException { InnerException: ActivityFailureException { InnerException: ApplicationFailureException failure } } => FromFailure(failure),
        WorkflowFailedException failed => new(ProblemCode.StateConflict, failed.InnerException?.Message ?? failed.Message),
        WorkflowAlreadyStartedException => new(ProblemCode.RequestDuplicate, "This was already started with other content."),
        WorkflowUpdateRpcTimeoutOrCanceledException => new(ProblemCode.ProviderUnavailable, "The workflow has not answered yet. The command may still take effect: repeat it with the same Idempotency-Key."),
        RpcException { Code: RpcException.StatusCode.NotFound } ended when HasEnded(ended) => new(ProblemCode.StateConflict, "This has already ended."),
        RpcException { Code: RpcException.StatusCode.NotFound } => new(ProblemCode.NotFound, "There is no such thing."),
        RpcException { Code: RpcException.StatusCode.ResourceExhausted or RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded } =>
            new(ProblemCode.ProviderUnavailable, "The workflow server does not answer at the moment."),
        BadHttpRequestException { InnerException: JsonException json } => new(ProblemCode.RequestInvalid, $"The body is not the JSON that this address takes: look at {json.Path ?? "$"}."),
        BadHttpRequestException bad => new(ProblemCode.ForStatus(bad.StatusCode), bad.Message),
        JsonException => new(ProblemCode.RequestInvalid, "The body is not the JSON that this address takes."),
        _ => new(ProblemCode.Internal, "Something went wrong on our side. It was recorded."),
    };

    // A type that is not of our list is the workflow server's word on a workflow that ended before it answered.
    private static Refusal FromFailure(ApplicationFailureException failure) => new(ProblemCode.Named(failure.ErrorType) ?? ProblemCode.StateConflict, failure.Message);

    // The server has one status for a workflow that was never there, one that has ended, and one that ends while the command is on its way.
    private static bool HasEnded(RpcException notFound) =>
        notFound.Message.Contains("already completed", StringComparison.Ordinal) || notFound.Message.Contains("aborted by closing workflow", StringComparison.Ordinal);
}
