namespace Ccn.Api.Problems;

/// <summary>Refusals of an operation that do not follow from its shape, for the reference.</summary>
internal sealed record Refusals(IReadOnlyList<ProblemCode> Codes);

internal static class RefusalExtensions
{
    /// <summary>Says what else an operation may answer than what every one of its kind may.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params IReadOnlyList<ProblemCode> codes) => endpoint.WithMetadata(new Refusals(codes));
}
