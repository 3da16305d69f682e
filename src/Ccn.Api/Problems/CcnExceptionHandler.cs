using System.Text.Json;
using Ccn.Data.Files;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Temporalio.Exceptions;

namespace Ccn.Api.Problems;

/// <summary>The one place that turns failures into problem details (RFC 9457). Endpoints have no try/catch.</summary>
internal sealed partial class CcnExceptionHandler(IProblemDetailsService problems, ILogger<CcnExceptionHandler> logger) : IExceptionHandler
{
    private const string CodeMember = "code";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (code, detail, errors) = Describe(exception);
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : code.Status;
        if (status >= StatusCodes.Status500InternalServerError) { LogFailed(exception, httpContext.Request.Path, code.Code); }

        if (status is StatusCodes.Status503ServiceUnavailable) { httpContext.Response.Headers.RetryAfter = "5"; }

        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = "about:blank", Instance = httpContext.Request.Path };
        problem.Extensions[CodeMember] = code.Code;
        if (errors is not null) { problem.Extensions["errors"] = errors; }

        // Who takes no JSON (a picture, a page) still gets the status.
        await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
        return true;
    }

    /// <summary>Gives the refusals that the framework makes by itself their code, so that every problem has one.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Instance ??= context.HttpContext.Request.Path;
        problem.Extensions.TryAdd(CodeMember, ProblemCode.ForStatus(problem.Status ?? StatusCodes.Status500InternalServerError).Code);
    }

    private static Refused Describe(Exception exception) => exception switch
    {
        ProblemException problem => new(problem.Code, problem.Message, problem.Errors),
        FileRefusedException refused => new(ProblemCode.Named(refused.Code) ?? ProblemCode.RequestInvalid, refused.Message),
        WorkflowUpdateFailedException { InnerException: ApplicationFailureException failure } => FromFailure(failure),
        WorkflowUpdateFailedException { InnerException: ActivityFailureException { InnerException: ApplicationFailureException failure } } => FromFailure(failure),
        WorkflowUpdateFailedException failed => new(ProblemCode.StateConflict, failed.InnerException?.Message ?? failed.Message),
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
    private static Refused FromFailure(ApplicationFailureException failure) => new(ProblemCode.Named(failure.ErrorType) ?? ProblemCode.StateConflict, failure.Message);

    // The server has one status for a workflow that was never there, one that has ended, and one that ends while the command is on its way.
    private static bool HasEnded(RpcException notFound) =>
        notFound.Message.Contains("already completed", StringComparison.Ordinal) || notFound.Message.Contains("aborted by closing workflow", StringComparison.Ordinal);

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

    private readonly record struct Refused(ProblemCode Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null);
}
