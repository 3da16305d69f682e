namespace Ccn.Api.Problems;

/// <summary>A refusal at the edge. Thrown by commands and queries; answered as problem details.</summary>
/// <param name="detail">In plain words, for the person.</param>
public sealed class ProblemException(ProblemCode code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public ProblemCode Code { get; } = code;

    /// <summary>What is wrong with which field, in the request's own names.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>The thing does not exist, or is another person's: the two are not told apart.</summary>
    public static ProblemException NotFound(string what) => new(ProblemCode.NotFound, $"There is no such {what}.");

    public static ProblemException Invalid(IReadOnlyDictionary<string, string[]> errors) => new(ProblemCode.RequestInvalid, "Some fields cannot be taken as they are.", errors);
}
