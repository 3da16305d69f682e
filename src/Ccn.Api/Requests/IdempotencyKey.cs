using Ccn.Api.Problems;

namespace Ccn.Api.Requests;

/// <summary>The caller's <c>Idempotency-Key</c>: the same key again gives the first answer.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The hidden field of a form that carries the key in place of the header.</summary>
    public const string FormField = "Key";

    /// <summary>The hidden field in which pages say which of their forms was sent.</summary>
    public const string FormHandler = "_handler";

    /// <summary>Longest key that is taken.</summary>
    public const int MaxLength = 128;

    /// <summary>The key as Temporal update id, made particular to the person so that nobody can hit another person's.</summary>
    /// <exception cref="ProblemException">The key is missing or too long.</exception>
    public static string For(string? key, string userId) => $"{userId}:{Require(key)}";

    /// <exception cref="ProblemException">The key is missing or too long.</exception>
    internal static string Require(string? key)
    {
        if (string.IsNullOrWhiteSpace(key)) { throw new ProblemException(ProblemCode.KeyMissing, $"The header {Header} is missing: send a key of your own, and the same one when you repeat the request."); }

        return key.Length <= MaxLength ? key : throw new ProblemException(ProblemCode.KeyTooLong, $"The header {Header} is longer than {MaxLength} characters.");
    }
}
