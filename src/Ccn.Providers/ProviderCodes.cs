namespace Ccn.Providers;

/// <summary>Codes of <see cref="ProviderException"/> for failures to which the provider gave no code of its own.</summary>
public static class ProviderCodes
{
    /// <summary>No complete answer within the time limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>The connection could not be made or broke before the answer was complete.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>The provider failed so often just now that calls are held back for a moment.</summary>
    public const string CircuitOpen = "circuit_open";

    /// <summary>Too many calls of ours wait for this provider.</summary>
    public const string TooManyCalls = "too_many_calls";

    /// <summary>The answer is larger than this project accepts.</summary>
    public const string AnswerTooLarge = "answer_too_large";

    /// <summary>The answer is not the JSON that the documentation promises.</summary>
    public const string UnreadableAnswer = "unreadable_answer";

    /// <summary>The answer has no body where the documentation promises one.</summary>
    public const string EmptyAnswer = "empty_answer";

    /// <summary>A path value (an empty one, or dots) would have changed the address of the call.</summary>
    public const string UnsafePath = "unsafe_path";

    internal static string ForStatus(int status) => $"http_{status}";
}
