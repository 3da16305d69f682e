using System.Net;
using System.Text.Json;
using Ccn.Providers.Alibaba;
using Ccn.Providers.Amazon;
using Ccn.Providers.DocuSign;
using Ccn.Providers.Http;
using Ccn.Providers.Network;
using Ccn.Providers.PayPal;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using Refit;

namespace Ccn.Providers;

/// <summary>
/// Turns the answer of a typed client into its content or a <see cref="ProviderException"/>:
/// <c>await ProviderCall.PayPal.RequireAsync(payouts.GetBatchAsync(id, cancel))</c>. The one place that knows what an answer means for a repetition.
/// A caller that wants to decide on a status itself awaits the client and calls <see cref="Translate(IApiResponse)"/> for the rest.
/// </summary>
public sealed class ProviderCall
{
    private readonly Func<HttpStatusCode, string, ErrorDetail?> readError;

    internal ProviderCall(string provider, Func<HttpStatusCode, string, ErrorDetail?> readError)
    {
        Provider = provider;
        this.readError = readError;
    }

    /// <summary>Calls of <see cref="IDocuSignApi"/>.</summary>
    public static ProviderCall DocuSign { get; } = new(ProviderNames.DocuSign, DocuSignErrors.Read);

    /// <summary>Calls of the Amazon clients.</summary>
    public static ProviderCall Amazon { get; } = new(ProviderNames.Amazon, AmazonErrors.Read);

    /// <summary>Calls of <see cref="IPayPalPayoutsApi"/>.</summary>
    public static ProviderCall PayPal { get; } = new(ProviderNames.PayPal, PayPalErrors.Read);

    /// <summary>Calls of <see cref="IAlibabaProductsApi"/>.</summary>
    public static ProviderCall Alibaba { get; } = new(ProviderNames.Alibaba, AlibabaErrors.Read);

    /// <summary>Calls of <see cref="INetworkApi"/>.</summary>
    public static ProviderCall Network { get; } = new(ProviderNames.Network, NetworkErrors.Read);

    /// <summary>Name of the provider, one of <see cref="ProviderNames"/>.</summary>
    public string Provider { get; }

    /// <summary>The content of a successful answer.</summary>
    /// <exception cref="ProviderException">The call failed in any way but cancellation by the caller.</exception>
    public async Task<T> RequireAsync<T>(Task<IApiResponse<T>> call)
        where T : class
    {
        var response = await ReceiveAsync(call);
        var content = ContentOf(response);
        if (content is not Stream) { response.Dispose(); }   // a document is still to be read by the caller, who disposes it
        return content;
    }

    /// <summary>The content of a successful answer, or null when the provider says that there is no such thing (404).</summary>
    /// <exception cref="ProviderException">Any other failure.</exception>
    public async Task<T?> FindAsync<T>(Task<IApiResponse<T>> call)
        where T : class
    {
        using var response = await ReceiveAsync(call);
        return response.StatusCode is HttpStatusCode.NotFound ? null : ContentOf(response);
    }

    /// <summary>Makes sure that a call without content in its answer succeeded.</summary>
    /// <exception cref="ProviderException">The call failed.</exception>
    public async Task RequireAsync(Task<IApiResponse> call)
    {
        using var response = await ReceiveAsync(call);
        if (!response.IsSuccessStatusCode) { throw Translate(response); }
    }

    /// <summary>What an unsuccessful answer means.</summary>
    public ProviderException Translate(IApiResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.HasRequestError(out var notSent)) { return Translate(notSent); }
        if (response.IsSuccessStatusCode)
        {
            return new(Provider, ProviderFailure.Contract, response.Error is null ? ProviderCodes.EmptyAnswer : ProviderCodes.UnreadableAnswer,
                $"The answer with status {(int)response.StatusCode!} could not be read.", innerException: response.Error);
        }

        var status = response.StatusCode.GetValueOrDefault();
        var detail = ReadError(status, response.HasResponseError(out var error) ? error.Content : null);
        return new(Provider, detail?.Kind ?? FailureOf(status), detail?.Code ?? ProviderCodes.ForStatus((int)status),
            detail?.Message ?? $"The answer has status {(int)status}.",
            response.Headers is { } headers ? RetryAfter.Read(headers, TimeProvider.System.GetUtcNow()) : null, response.Error);
    }

    /// <summary>What an exception of the call means. Exceptions that say nothing about the provider come back as a contract failure.</summary>
    public ProviderException Translate(Exception exception) =>
        TryTranslate(exception) ?? new(Provider, ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, exception.Message, innerException: exception);

    internal static ProviderFailure FailureOf(HttpStatusCode status) => (int)status switch
    {
        408 or 409 or 425 or 429 or >= 500 => ProviderFailure.Unavailable,   // 5xx came after the request was sent: the outcome is unknown
        >= 400 => ProviderFailure.Rejected,
        _ => ProviderFailure.Contract,   // a redirect or an informational status is in nobody's documentation
    };

    /// <summary>Whether the exception tells of the connection or the answer, and not of the caller.</summary>
    internal bool IsTransport(Exception exception) => TryTranslate(exception) is not null;

    /// <summary>Null when the exception is none of the transport's, or is the caller's own cancellation.</summary>
    internal ProviderException? TryTranslate(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ProviderException known: return known;
                case AnswerTooLargeException: return Failed(ProviderFailure.Contract, ProviderCodes.AnswerTooLarge, e);
                case OperationCanceledException { InnerException: not TimeoutException }: return null;   // the caller's own
                case TimeoutRejectedException or TimeoutException: return Failed(ProviderFailure.Unavailable, ProviderCodes.Timeout, e);
                case BrokenCircuitException broken: return Failed(ProviderFailure.Unavailable, ProviderCodes.CircuitOpen, e, broken.RetryAfter);
                case RateLimiterRejectedException limited: return Failed(ProviderFailure.Unavailable, ProviderCodes.TooManyCalls, e, limited.RetryAfter);
                case HttpRequestException or IOException: return Failed(ProviderFailure.Unavailable, ProviderCodes.ConnectionLost, e);
                case JsonException: return Failed(ProviderFailure.Contract, ProviderCodes.UnreadableAnswer, e);
            }
        }

        return null;
    }

    private async Task<TResponse> ReceiveAsync<TResponse>(Task<TResponse> call)
        where TResponse : IApiResponse
    {
        TResponse response;
        try { response = await call; }
        catch (Exception e) when (IsTransport(e)) { throw Translate(e); }

        if (!response.HasRequestError(out var notSent)) { return response; }
        if (TryTranslate(notSent) is { } lost) { throw lost; }
        if (CancellationIn(notSent) is { } canceled) { throw canceled; }
        throw notSent;
    }

    private T ContentOf<T>(IApiResponse<T> response)
        where T : class
    {
        if (!response.IsSuccessful || response.Content is not { } content) { throw Translate(response); }
        if (content is ICarriesFailure { Failure: { } failure })
        {
            throw new ProviderException(Provider, failure.Kind ?? ProviderFailure.Rejected, failure.Code, failure.Message ?? failure.Code);
        }

        return content;
    }

    private ErrorDetail? ReadError(HttpStatusCode status, string? body)
    {
        if (string.IsNullOrWhiteSpace(body)) { return null; }
        try { return readError(status, body) is { Code.Length: > 0 } detail ? detail : null; }
        catch (JsonException) { return null; }   // a proxy's HTML page: the status has to do
    }

    private ProviderException Failed(ProviderFailure kind, string code, Exception cause, TimeSpan? retryAfter = null) =>
        new(Provider, kind, code, cause.Message, retryAfter, cause);

    private static OperationCanceledException? CancellationIn(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is OperationCanceledException canceled) { return canceled; }
        }

        return null;
    }
}
