namespace Ccn.Sandbox.Core;

/// <summary>A simulated provider: its routes, and how it words the errors that faults ask for.</summary>
internal abstract class Provider
{
    /// <summary>Name in the control API, and first segment of every path.</summary>
    public abstract string Name { get; }

    public abstract void Map(ProviderRoutes routes);

    /// <summary>An error answer of the given status in the provider's own shape.</summary>
    public abstract Answer ErrorFor(int status, Call call);

    /// <summary>Runs before the handler; throws a <see cref="Refusal"/> when the caller is not who it says. Not for open routes.</summary>
    public abstract void Authorize(Call call);

    /// <summary>Wraps a handler, for what holds for all calls of a provider (idempotency keys, rate limits).</summary>
    public virtual Answer Invoke(Call call, Func<Call, Answer> handler) => handler(call);

    /// <summary>Headers every answer bears.</summary>
    public virtual void Decorate(Call call, Answer answer)
    {
    }

    /// <summary>Whether a rate-limit fault without an end means "enforce your own limits" rather than "refuse everything".</summary>
    public virtual bool HasRealRateLimits => false;
}
