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

    /// <summary>The key in a hidden field of the form, where it has one. What is kept is where a form that was taken leads.</summary>
    Form,
}

/// <summary>Marks a command whose first answer is kept and given to every repeat.</summary>
internal sealed record AnswersOnce(RepeatedBy By);

public static class AnswersOnceExtensions
{
    /// <summary>Keeps the first answer for repeats with the same <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder AnswersOncePerKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Key));

    /// <summary>Keeps the first answer for repeats at the same address; other content there is refused.</summary>
    public static RouteHandlerBuilder AnswersOncePerAddress(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Address));

    /// <summary>Keeps the first answer for repeats of exactly the same request.</summary>
    public static RouteHandlerBuilder AnswersOncePerContent(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new AnswersOnce(RepeatedBy.Content));

    /// <summary>Keeps where a form led for repeats with the same key in it.</summary>
    public static TBuilder AnswersOncePerForm<TBuilder>(this TBuilder pages)
        where TBuilder : IEndpointConventionBuilder => pages.WithMetadata(new AnswersOnce(RepeatedBy.Form));
}
