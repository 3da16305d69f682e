using System.Text.Json;
using Ccn.Data.Files;
using Ccn.Domain;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Temporalio.Exceptions;

namespace Ccn.Api.Problems;

/// <summary>The one place that turns failures into problem details (RFC 9457). Endpoints have no try/catch.</summary>
internal sealed partial class CcnExceptionHandler(IProblemDetailsService problems, ILogger<CcnExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, code, detail, errors) = Describe(exception);
        if (status >= StatusCodes.Status500InternalServerError) { LogFailed(exception, httpContext.Request.Path, code); }

        if (status is StatusCodes.Status503ServiceUnavailable) { httpContext.Response.Headers.RetryAfter = "5"; }

        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = "about:blank", Instance = httpContext.Request.Path };
        problem.Extensions["code"] = code;
        if (errors is not null) { problem.Extensions["errors"] = errors; }

        // Who takes no JSON (a picture, a page) still gets the status.
        await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
        return true;
    }

    private static (int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors) Describe(Exception exception) => exception switch
    {
        ProblemException problem => (problem.Status, problem.Code, problem.Message, problem.Errors),
        FileRefusedException refused => (refused.Code == FileRefusals.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, refused.Code, refused.Message, null),
        WorkflowUpdateFailedException { InnerException: ApplicationFailureException failure } => FromFailure(failure),
        WorkflowUpdateFailedException { InnerException: ActivityFailureException { InnerException: ApplicationFailureException failure } } => FromFailure(failure),
        WorkflowUpdateFailedException failed => (StatusCodes.Status409Conflict, FailureTypes.StateConflict, failed.InnerException?.Message ?? failed.Message, null),
        WorkflowAlreadyStartedException => (StatusCodes.Status409Conflict, FailureTypes.RequestDuplicate, "This was already started with other content.", null),
        WorkflowUpdateRpcTimeoutOrCanceledException => Unavailable("The workflow has not answered yet. The command may still take effect: repeat it with the same Idempotency-Key."),
        RpcException { Code: RpcException.StatusCode.NotFound } ended when HasEnded(ended) => (StatusCodes.Status409Conflict, FailureTypes.StateConflict, "This has already ended.", null),
        RpcException { Code: RpcException.StatusCode.NotFound } => (StatusCodes.Status404NotFound, "not_found", "There is no such thing.", null),
        RpcException { Code: RpcException.StatusCode.ResourceExhausted or RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded } =>
            Unavailable("The workflow server does not answer at the moment."),
        BadHttpRequestException { InnerException: JsonException json } =>
            (StatusCodes.Status400BadRequest, FailureTypes.RequestInvalid, $"The body is not the JSON that this address takes: look at {json.Path ?? "$"}.", null),
        BadHttpRequestException bad => (bad.StatusCode, ProblemCodes.Of(bad.StatusCode), bad.Message, null),
        JsonException => (StatusCodes.Status400BadRequest, FailureTypes.RequestInvalid, "The body is not the JSON that this address takes.", null),
        _ => (StatusCodes.Status500InternalServerError, "internal", "Something went wrong on our side. It was recorded.", null),
    };

    // The server has one status for a workflow that was never there, one that has ended, and one that ends while the command is on its way.
    private static bool HasEnded(RpcException notFound) =>
        notFound.Message.Contains("already completed", StringComparison.Ordinal) || notFound.Message.Contains("aborted by closing workflow", StringComparison.Ordinal);

    private static (int, string, string, IReadOnlyDictionary<string, string[]>?) FromFailure(ApplicationFailureException failure)
    {
        var (status, code) = failure.ErrorType switch
        {
            FailureTypes.RequestInvalid => (StatusCodes.Status400BadRequest, failure.ErrorType),
            FailureTypes.ProviderRejected or FailureTypes.ProviderContract => (StatusCodes.Status502BadGateway, failure.ErrorType),
            FailureTypes.ProviderUnavailable => (StatusCodes.Status503ServiceUnavailable, failure.ErrorType),
            FailureTypes.LedgerUnbalanced => (StatusCodes.Status500InternalServerError, failure.ErrorType),
            FailureTypes.RequestDuplicate => (StatusCodes.Status409Conflict, failure.ErrorType),

            // Also what the workflow server itself says of a workflow that ended before it answered.
            _ => (StatusCodes.Status409Conflict, FailureTypes.StateConflict),
        };
        return (status, code, failure.Message, null);
    }

    private static (int, string, string, IReadOnlyDictionary<string, string[]>?) Unavailable(string detail) =>
        (StatusCodes.Status503ServiceUnavailable, FailureTypes.ProviderUnavailable, detail, null);

    private static string Title(int status) => status switch
    {
        400 => "The request cannot be taken as it is",
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Not found",
        409 => "Not possible now",
        413 => "Too large",
        429 => "Too many requests",
        502 => "The provider refused",
        503 => "Not available at the moment",
        _ => "Failed",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed with {Code}")]
    private partial void LogFailed(Exception exception, string path, string code);
}
