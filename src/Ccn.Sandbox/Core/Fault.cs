namespace Ccn.Sandbox.Core;

/// <summary>A way of failing that was asked for at the control endpoint, and how often it is still to happen.</summary>
internal sealed class Fault
{
    /// <summary>The answer waits for <see cref="Delay"/> on the clock first.</summary>
    public const string Slow = "slow";

    /// <summary>An error answer, without any effect; with status 0 the connection breaks instead.</summary>
    public const string Error = "error";

    /// <summary>The webhook (or the supplier's reply) is sent twice.</summary>
    public const string Twice = "twice";

    /// <summary>The effect happens, then the connection breaks without an answer.</summary>
    public const string TimeoutAfterEffect = "timeout_after_effect";

    /// <summary>The effect happens, and a proxy's HTML page comes back as 200. For webhooks: the body no longer fits its signature.</summary>
    public const string Garbage = "garbage";

    /// <summary>429 in the provider's shape. With count 0 Amazon enforces its real rate limits instead.</summary>
    public const string RateLimit = "rate_limit";

    /// <summary>Amazon only: the listing is accepted and then refused with issue <see cref="Code"/>.</summary>
    public const string Issue = "issue";

    public static readonly IReadOnlySet<string> Kinds =
        new HashSet<string>(StringComparer.Ordinal) { Slow, Error, Twice, TimeoutAfterEffect, Garbage, RateLimit, Issue };

    public required string Id { get; init; }

    public required string Provider { get; init; }

    /// <summary>The provider's operation id, or an event name or "webhook" for deliveries. Null means any.</summary>
    public string? Operation { get; init; }

    public required string Kind { get; init; }

    /// <summary>How many times it is still to happen; null means until deleted.</summary>
    public int? Left { get; set; }

    public int? Status { get; init; }

    public double? DelaySeconds { get; init; }

    /// <summary>Text of the Retry-After header of a 429, in whatever form a test wants it.</summary>
    public string? RetryAfter { get; init; }

    public string? Code { get; init; }

    public TimeSpan Delay => TimeSpan.FromSeconds(DelaySeconds ?? 10);

    /// <summary>Finds the oldest fault that fits and counts it down.</summary>
    public static Fault? Take(SandboxState state, string provider, string[] operations, params string[] kinds)
    {
        var fault = state.Faults.Find(f => f.Provider == provider && kinds.Contains(f.Kind, StringComparer.Ordinal)
            && (f.Operation is null || operations.Contains(f.Operation, StringComparer.Ordinal)));
        if (fault?.Left is not null && --fault.Left <= 0) { state.Faults.Remove(fault); }
        return fault;
    }
}
