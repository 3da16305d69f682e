using System.Text.Json.Nodes;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Finds where a history first differs from its recording.</summary>
internal static class HistoryComparison
{
    /// <summary>Says what differs first, or null when nothing does.</summary>
    public static string? FirstDifference(History recorded, History actual, bool isOlder)
    {
        var (expectedTypes, actualTypes) = (Types(recorded), Types(actual));
        var (expected, found) = (HistoryNormalizer.Normalize(recorded, isOlder), HistoryNormalizer.Normalize(actual, isOlder));
        for (var index = 0; index < Math.Min(expectedTypes.Count, actualTypes.Count); index++)
        {
            if (expectedTypes[index] != actualTypes[index])
            {
                return FormattableString.Invariant(
                    $"event {index + 1} is {actualTypes[index]}, recorded is {expectedTypes[index]}\n      recorded: {string.Join(" ", expectedTypes)}\n      actual:   {string.Join(" ", actualTypes)}");
            }

            if (Difference(expected[index], found[index], "") is { } difference)
            {
                return FormattableString.Invariant($"event {index + 1} {expectedTypes[index]}{difference}");
            }
        }

        return expectedTypes.Count == actualTypes.Count ? null : FormattableString.Invariant(
            $"{actualTypes.Count} events, recorded are {expectedTypes.Count}\n      recorded: {string.Join(" ", expectedTypes)}\n      actual:   {string.Join(" ", actualTypes)}");
    }

    private static List<string> Types(History history) => [.. history.Events.Select(e => e.EventType.ToString())];

    /// <summary>The first path at which two JSON trees differ, or null.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path)
    {
        if (expected is JsonObject expectedFields && actual is JsonObject actualFields)
        {
            return expectedFields.Select(f => f.Key).Union(actualFields.Select(f => f.Key), StringComparer.Ordinal)
                .Select(key => Difference(expectedFields[key], actualFields[key], $"{path}.{key}"))
                .FirstOrDefault(difference => difference is not null);
        }

        if (expected is JsonArray expectedItems && actual is JsonArray actualItems && expectedItems.Count == actualItems.Count)
        {
            return expectedItems.Select((item, index) => Difference(item, actualItems[index], FormattableString.Invariant($"{path}[{index}]")))
                .FirstOrDefault(difference => difference is not null);
        }

        return JsonNode.DeepEquals(expected, actual) ? null : $"{path}: {Shown(actual)}, recorded is {Shown(expected)}";
    }

    private static string Shown(JsonNode? node) => node?.ToJsonString() ?? "absent";
}
