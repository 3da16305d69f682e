using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>Whether a failed attempt is followed by another one, and when.</summary>
/// <param name="Wait">Time until the next attempt; null when there is none.</param>
/// <param name="State">Why, as the closing event records it.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct RetryDecision(TimeSpan? Wait, RetryState State)
{
    private const string TimeoutTypePrefix = "TemporalTimeout:";

    /// <summary>Decides by policy.</summary>
    /// <param name="policy">Retry policy with its defaults filled in; null for none.</param>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="now">Server time.</param>
    /// <param name="expires">Instant at or after which no attempt may begin; null for none.</param>
    public static RetryDecision Decide(RetryPolicy? policy, int attempt, Failure? failure, DateTimeOffset now, DateTimeOffset? expires)
    {
        if (policy is null)
        {
            return new(null, RetryState.RetryPolicyNotSet);
        }

        if (!IsRetryable(policy, failure))
        {
            return new(null, RetryState.NonRetryableFailure);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return new(null, RetryState.MaximumAttemptsReached);
        }

        var wait = failure?.ApplicationFailureInfo?.NextRetryDelay is { } asked ? asked.OrZero() : Interval(policy, attempt);
        return expires is { } end && now + wait >= end ? new(null, RetryState.Timeout) : new(wait, RetryState.InProgress);
    }

    /// <summary>The policy with the server's defaults: 1 s, factor 2, at most 100 times the first interval.</summary>
    public static RetryPolicy WithDefaults(RetryPolicy? policy)
    {
        var filled = policy?.Clone() ?? new RetryPolicy();
        if (filled.InitialInterval.OrZero() == TimeSpan.Zero)
        {
            filled.InitialInterval = TimeSpan.FromSeconds(1).AsDuration();
        }

        if (filled.BackoffCoefficient == 0)
        {
            filled.BackoffCoefficient = 2;
        }

        if (filled.MaximumInterval.OrZero() == TimeSpan.Zero)
        {
            filled.MaximumInterval = (filled.InitialInterval.OrZero() * 100).AsDuration();
        }

        return filled;
    }

    /// <summary>Refuses a policy that makes no sense, in the words of the real server.</summary>
    public static void Validate(RetryPolicy? policy)
    {
        if (policy is null || policy.MaximumAttempts == 1)
        {
            return;
        }

        var (initial, maximum) = (policy.InitialInterval.OrZero(), policy.MaximumInterval.OrZero());
        var problem =
            initial < TimeSpan.Zero ? "invalid InitialInterval set on retry policy: negative duration"
            : policy.BackoffCoefficient is not 0 and < 1 ? "BackoffCoefficient cannot be less than 1 on retry policy."
            : maximum < TimeSpan.Zero ? "invalid MaximumInterval set on retry policy: negative duration"
            : maximum > TimeSpan.Zero && maximum < initial ? "MaximumInterval cannot be less than InitialInterval on retry policy."
            : policy.MaximumAttempts < 0 ? "MaximumAttempts cannot be negative on retry policy."
            : null;
        if (problem is not null)
        {
            throw Refusal.Invalid(problem);
        }
    }

    /// <summary>Time between the end of an attempt and the next one.</summary>
    public static TimeSpan Interval(RetryPolicy policy, int attempt)
    {
        var ticks = policy.InitialInterval.OrZero().Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var maximum = policy.MaximumInterval.OrZero().Ticks;
        return TimeSpan.FromTicks(ticks < maximum ? (long)ticks : maximum);
    }

    private static bool IsRetryable(RetryPolicy policy, Failure? failure) => failure switch
    {
        null => true,
        { ApplicationFailureInfo: { } application } => !application.NonRetryable && !policy.NonRetryableErrorTypes.Contains(application.Type),
        { ServerFailureInfo: { } server } => !server.NonRetryable,
        { TerminatedFailureInfo: not null } or { CanceledFailureInfo: not null } => false,
        { TimeoutFailureInfo: { } timeout } => timeout.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !policy.NonRetryableErrorTypes.Contains(TimeoutTypePrefix + timeout.TimeoutType),
        _ => true,
    };
}
