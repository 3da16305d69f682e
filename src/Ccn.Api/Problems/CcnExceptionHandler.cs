using Ccn.Api.Requests;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Problems;

/// <summary>The one place that turns failures into problem details (RFC 9457). Endpoints have no try/catch.</summary>
internal sealed partial class CcnExceptionHandler(IProblemDetailsService problems, ILogger<CcnExceptionHandler> logger) : IExceptionHandler
{
    private const string CodeMember = "code";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (code, detail, errors) = Refusal.Of(exception);
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : code.Status;
        if (status >= StatusCodes.Status500InternalServerError) { LogFailed(exception, httpContext.Request.Path, code.Code); }

        if (status is StatusCodes.Status503ServiceUnavailable) { httpContext.Response.Headers.RetryAfter = "5"; }

        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = "about:blank", Instance = httpContext.Request.Path };
        problem.Extensions[CodeMember] = code.Code;
        if (errors is not null) { problem.Extensions["errors"] = errors; }

        // Who takes no JSON (a picture) still gets the status; people get a page that helps.
        if (PageRequests.IsForPeople(httpContext.Request)) { return true; }

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
