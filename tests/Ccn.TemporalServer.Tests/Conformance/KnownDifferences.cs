namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Recordings the embedded server does not meet, each with the reason. A test asserts that the difference is still there.</summary>
internal static class KnownDifferences
{
    /// <summary>Recorded histories (with the answers on the way) that are not met: the recording and the reason.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    /// <summary>Recorded answers that are not met: the file, the label of the exchange, and the reason.</summary>
    public static IReadOnlyList<(string File, string Label, string Reason)> Answers { get; } =
    [
        ("stub-answers", "ListWorkflowRules", "refused as an unknown method, in other words"),
    ];
}
