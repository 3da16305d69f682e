namespace Ccn.Providers;

/// <summary>The one exception that leaves this project. Activities turn it into a Temporal failure of the same kind.</summary>
/// <param name="provider">Stable lower-case name of the provider, such as <c>paypal</c>.</param>
/// <param name="kind">What the failure means for a repetition.</param>
/// <param name="code">The provider's own error code, or one of <see cref="ProviderCodes"/> when it gave none.</param>
/// <param name="message">A sentence for operators, cut to <see cref="MaxMessageLength"/> characters. Holds no secret.</param>
/// <param name="retryAfter">How long the provider asks to wait; absent when it did not say, never above one hour.</param>
/// <param name="innerException">What caused it, for logs.</param>
public sealed class ProviderException(
    string provider, ProviderFailure kind, string code, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(Cut(message), innerException)
{
    /// <summary>Longest message kept: it travels in workflow histories.</summary>
    public const int MaxMessageLength = 500;

    private const int MaxCodeLength = 100;

    /// <summary>Stable lower-case name of the provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>What the failure means for a repetition.</summary>
    public ProviderFailure Kind { get; } = kind;

    /// <summary>The provider's error code, or one of <see cref="ProviderCodes"/>.</summary>
    public string Code { get; } = code.Length <= MaxCodeLength ? code : code[..MaxCodeLength];

    /// <summary>How long the provider asks to wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    private static string Cut(string text) => text.Length <= MaxMessageLength ? text : text[..MaxMessageLength];
}
