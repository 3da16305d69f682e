using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Ccn.Providers.Http;

/// <summary>
/// The one resilience set-up. Temporal is the retry layer; this one only hides a single hiccup of a read, because an activity attempt
/// costs a history event. Writes are sent once: whether to send them again is decided where the idempotency key is known.
/// </summary>
internal static class ProviderResilience
{
    /// <summary>Inside the 30 s that an activity has.</summary>
    public static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Long enough for a slow write, which gets no second attempt, and short enough that a read gets one.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestInlineWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The standard pipeline (limiter, total timeout, retry, circuit breaker, attempt timeout), spelled out for one reason:
    /// <c>AddStandardResilienceHandler</c> takes its clock from the container, where a demo or a test puts a virtual one, and a jump of that
    /// clock would time out every call in flight. Calls take real time.
    /// </summary>
    public static IHttpClientBuilder AddProviderResilience(this IHttpClientBuilder builder)
    {
        builder.AddResilienceHandler("standard", static pipeline =>
        {
            var options = CreateOptions();
            pipeline.TimeProvider = TimeProvider.System;
            pipeline.AddRateLimiter(options.RateLimiter)
                .AddTimeout(options.TotalRequestTimeout)
                .AddRetry(options.Retry)
                .AddCircuitBreaker(options.CircuitBreaker)
                .AddTimeout(options.AttemptTimeout);
        });
        return builder;
    }

    private static HttpStandardResilienceOptions CreateOptions()
    {
        var options = new HttpStandardResilienceOptions
        {
            TotalRequestTimeout = { Timeout = TotalTimeout },
            AttemptTimeout = { Timeout = AttemptTimeout },
            CircuitBreaker = { SamplingDuration = AttemptTimeout * 3 },   // must span two attempts at least
            Retry =
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static args => ValueTask.FromResult(IsHiccup(args.Outcome)),
            },
        };
        options.Retry.DisableForUnsafeHttpMethods();   // wraps the predicate above, so it must come last
        return options;
    }

    /// <summary>
    /// A lost connection, a slow attempt or a server error. Not 429: some Amazon operations refill once in three minutes, so a
    /// repeat two hundred milliseconds later only burns quota. Not a long Retry-After either: waiting it out would end in our own timeout.
    /// </summary>
    private static bool IsHiccup(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException or IOException } => true,
        { Result: { } response } => response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
            && !(RetryAfter.Read(response.Headers, DateTimeOffset.UnixEpoch) > LongestInlineWait),
        _ => false,
    };
}
