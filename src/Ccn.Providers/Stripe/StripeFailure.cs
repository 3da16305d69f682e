using System.Net;
using Ccn.Providers.Http;
using Stripe;

namespace Ccn.Providers.Stripe;

/// <summary>The one place that knows what a failed Stripe call means. A declined card is caught before: it is an answer.</summary>
public static class StripeFailure
{
    private static readonly ProviderCall Call = new(ProviderNames.Stripe, static (_, _) => null);

    /// <summary>Whether the exception comes from the call and not from the caller's cancellation: <c>catch (Exception e) when (StripeFailure.Is(e))</c>.</summary>
    public static bool Is(Exception exception) => exception is StripeException || Call.TryTranslate(exception) is not null;

    /// <summary>Turns an exception of Stripe.net, or of the transport under it, into the failure it means.</summary>
    public static ProviderException Translate(Exception exception) =>
        exception is StripeException stripe ? Translate(stripe) : Call.Translate(exception);

    /// <summary>Turns Stripe's answer into the failure it means.</summary>
    public static ProviderException Translate(StripeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (Call.TryTranslate(exception) is { } transport && exception.StripeError is null) { return transport; }

        var error = exception.StripeError;
        var status = exception.HttpStatusCode;
        var code = error?.Code ?? error?.Type ?? ((int)status == 0 ? ProviderCodes.ConnectionLost : ProviderCodes.ForStatus((int)status));
        return new(ProviderNames.Stripe, KindOf(status, error), code, $"{exception.Message} (request {exception.StripeResponse?.RequestId ?? "unknown"})",
            exception.StripeResponse?.Headers is { } headers ? RetryAfter.Read(headers, TimeProvider.System.GetUtcNow()) : null, exception);
    }

    private static ProviderFailure KindOf(HttpStatusCode status, StripeError? error) => (status, error?.Type) switch
    {
        ((HttpStatusCode)0, _) => ProviderFailure.Unavailable,                // no answer at all
        (HttpStatusCode.BadRequest, "idempotency_error") => ProviderFailure.Rejected,   // the key was used with other parameters; 409 is a twin in flight
        ( < HttpStatusCode.BadRequest, _) => ProviderFailure.Contract,        // Stripe.net could not read a success
        _ => ProviderCall.FailureOf(status),
    };
}
