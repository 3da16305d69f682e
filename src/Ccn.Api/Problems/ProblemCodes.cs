using Ccn.Domain;

namespace Ccn.Api.Problems;

/// <summary>Codes of the refusals that the framework makes by itself (no sign-in, no role, no such address), so that every problem has one.</summary>
internal static class ProblemCodes
{
    private const string Member = "code";

    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Instance ??= context.HttpContext.Request.Path;
        problem.Extensions.TryAdd(Member, Of(problem.Status));
    }

    public static string Of(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "unauthenticated",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "request.too_large",
        StatusCodes.Status415UnsupportedMediaType => "media_type.unsupported",
        >= StatusCodes.Status500InternalServerError => "internal",
        _ => FailureTypes.RequestInvalid,
    };
}
