using Ccn.Domain;

namespace Ccn.Api.Problems;

/// <summary>A refusal at the edge with a stable code. Thrown by commands and queries; answered as problem details.</summary>
public sealed class ProblemException(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public int Status { get; } = status;

    /// <summary>Stable, dotted code that clients branch on.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong with which field, in the request's own names.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>The thing does not exist, or is another person's: the two are not told apart.</summary>
    public static ProblemException NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    public static ProblemException Invalid(string detail, string code = FailureTypes.RequestInvalid) => new(StatusCodes.Status400BadRequest, code, detail);

    public static ProblemException Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, FailureTypes.RequestInvalid, "Some fields cannot be taken as they are.", errors);

    public static ProblemException Conflict(string detail, string code = FailureTypes.StateConflict) => new(StatusCodes.Status409Conflict, code, detail);
}
