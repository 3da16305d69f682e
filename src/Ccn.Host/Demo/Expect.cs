using System.Runtime.CompilerServices;
using Ccn.Domain;

namespace Ccn.Host.Demo;

/// <summary>A story that is told with the wrong figures is no demonstration: amounts are checked on the way.</summary>
internal static class Expect
{
    /// <exception cref="JourneyFailedException">They differ.</exception>
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) { throw new JourneyFailedException($"{what}: expected {expected}, found {actual}."); }
    }

    /// <exception cref="JourneyFailedException">It is false.</exception>
    public static void True(bool condition, string what, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition) { throw new JourneyFailedException($"{what}: {text} does not hold."); }
    }

    public static Money Dollars(decimal amount) => new((long)(amount * 100m), "USD");
}
