using System.Text;

namespace Ccn.TemporalServer.Engine;

/// <summary>The names that callers choose: IDs, types, task queues, namespaces.</summary>
internal static class Names
{
    /// <summary>Refuses a name that is missing, too long or cannot be stored.</summary>
    /// <param name="field">What it names, for the refusal.</param>
    /// <param name="name">The name.</param>
    /// <param name="limits">Holds the greatest length.</param>
    public static void Require(string field, string name, EngineLimits limits)
    {
        if (name.Length == 0)
        {
            throw Refusal.Invalid($"{field} is not set on request.");
        }

        Check(field, name, limits);
    }

    /// <summary>Refuses a name that is too long (lengths count bytes of UTF-8) or cannot be stored.</summary>
    public static void Check(string field, string name, EngineLimits limits)
    {
        if (Encoding.UTF8.GetByteCount(name) > limits.IdBytes)
        {
            throw Refusal.Invalid($"{field} length exceeds limit.");
        }

        CheckText(field, name);
    }

    /// <summary>Refuses NUL, which no text column of the durable store takes; it is refused in memory alike.</summary>
    public static void CheckText(string field, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw Refusal.Invalid($"{field} contains a NUL character.");
        }
    }
}
