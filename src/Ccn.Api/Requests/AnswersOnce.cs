namespace Ccn.Api.Requests;

/// <summary>What makes a request the same one again.</summary>
internal enum RepeatedBy
{
    /// <summary>The <c>Idempotency-Key</c> header, which it must have.</summary>
    Key,

    /// <summary>Its address, which holds an id of the caller's making.</summary>
    Address,

    /// <summary>All of it; an id of the caller's making is in the body.</summary>
    Content,
}

/// <summary>Marks a command whose first answer is kept and given to every repeat.</summary>
internal sealed record AnswersOnce(RepeatedBy By);

internal static class AnswersOnceExtensions
{
    /// <summary>Keeps the first answer for repeats with the same <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder AnswersOncePerKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Key));

    /// <summary>Keeps the first answer for repeats at the same address; other content there is refused.</summary>
    public static RouteHandlerBuilder AnswersOncePerAddress(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Address));

    /// <summary>Keeps the first answer for repeats of exactly the same request.</summary>
    public static RouteHandlerBuilder AnswersOncePerContent(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Content));
}
