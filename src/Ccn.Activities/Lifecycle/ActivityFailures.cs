using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Providers;
using Ccn.Providers.Stripe;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Ccn.Activities.Lifecycle;

/// <summary>The one place that turns failures of providers and of the ledger into failures that workflows and the edge understand, and that decides what is retried.</summary>
internal static class ActivityFailures
{
    /// <summary>The running activity's own token: canceled by the workflow, by a timeout and by the end of the worker.</summary>
    public static CancellationToken Cancel => ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    /// <summary>Runs an activity's body and translates what it throws. Everything not named in <see cref="Translate"/> goes through: Temporal repeats it.</summary>
    public static async Task<T> TranslatedAsync<T>(Func<CancellationToken, Task<T>> body)
    {
        try { return await body(Cancel); }
        catch (Exception e) when (Translate(e) is not null) { throw Translate(e)!; }
    }

    /// <inheritdoc cref="TranslatedAsync{T}"/>
    public static Task TranslatedAsync(Func<CancellationToken, Task> body) => TranslatedAsync(async cancel =>
    {
        await body(cancel);
        return true;
    });

    /// <summary>The failure an exception means; null when it means none of the closed list.</summary>
    public static ApplicationFailureException? Translate(Exception exception) => exception switch
    {
        ProviderException provider => Of(provider),
        LedgerFailure ledger => new(ledger.Message, ledger, ledger.Type, nonRetryable: true),
        _ when exception is not ApplicationFailureException && StripeFailure.Is(exception) => Of(StripeFailure.Translate(exception)),
        _ => null,
    };

    /// <summary>What is there does not allow the step: it parks until a person has changed it.</summary>
    public static ApplicationFailureException Conflict(string message) => new(message, FailureTypes.StateConflict, nonRetryable: true);

    /// <summary>The input itself is wrong.</summary>
    public static ApplicationFailureException Invalid(string message) => new(message, FailureTypes.RequestInvalid, nonRetryable: true);

    /// <summary>The provider's answer is not what its documentation allows: a person has to look.</summary>
    public static ApplicationFailureException Contract(string provider, string message) => new($"{provider}: {message}", FailureTypes.ProviderContract, nonRetryable: true);

    private static ApplicationFailureException Of(ProviderException failure)
    {
        var (type, nonRetryable) = failure.Kind switch
        {
            ProviderFailure.Rejected => (FailureTypes.ProviderRejected, true),
            ProviderFailure.Contract => (FailureTypes.ProviderContract, true),
            _ => (FailureTypes.ProviderUnavailable, false),
        };
        return new($"{failure.Provider} {failure.Code}: {failure.Message}", failure, type, nonRetryable, nextRetryDelay: nonRetryable ? null : failure.RetryAfter);
    }
}
