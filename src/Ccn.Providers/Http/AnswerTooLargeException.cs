namespace Ccn.Providers.Http;

/// <summary>
/// Thrown inside the handler chain. Not an <see cref="HttpRequestException"/>, so that the retry layer does not fetch the same large answer again.
/// </summary>
internal sealed class AnswerTooLargeException(long limit, Exception inner)
    : Exception($"The answer is larger than {limit} bytes.", inner);
