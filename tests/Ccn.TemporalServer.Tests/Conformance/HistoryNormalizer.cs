using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>
/// Turns a history into JSON in which everything that varies from run to run is a placeholder (the recordings' README lists what does).
/// Run ids become <c>run-1</c>, <c>run-2</c>… in order of appearance, so that the same run must still be the same run.
/// </summary>
internal sealed partial class HistoryNormalizer(bool isOlder)
{
    private const int FirstAttemptWithJitter = 4;
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private readonly Dictionary<string, string> runs = new(StringComparer.Ordinal);

    /// <param name="history">What was read.</param>
    /// <param name="isOlder">True where a 1.29 server takes part, which does not write the request id of a signal.</param>
    public static JsonArray Normalize(History history, bool isOlder)
    {
        var json = JsonNode.Parse(Formatter.Format(history).Replace(ScenarioRuns.SecondTry, "", StringComparison.Ordinal))!;
        new HistoryNormalizer(isOlder).Visit(json);
        return json["events"]?.AsArray() ?? [];
    }

    /// <summary>The same for an answer.</summary>
    public static JsonNode Normalize(IMessage answer)
    {
        var json = JsonNode.Parse(Formatter.Format(answer).Replace(ScenarioRuns.SecondTry, "", StringComparison.Ordinal))!;
        new HistoryNormalizer(isOlder: false).Visit(json);
        return json;
    }

    /// <summary>Text without the ids that are made anew each time.</summary>
    public static string WithoutIds(string text) =>
        NumberInText().Replace(Uuid().Replace(text.Replace(ScenarioRuns.SecondTry, "", StringComparison.Ordinal), "<uuid>"), "-<number>");

    private void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var hasJitter = fields["attempt"] is JsonValue attempt && attempt.TryGetValue<int>(out var number) && number >= FirstAttemptWithJitter;
                foreach (var (key, value) in fields.ToList())
                {
                    if (isOlder && key == "requestId" && fields.ContainsKey("signalName")) { fields.Remove(key); }
                    else if (key is "taskId" or "version" or "stateTransitionCount" or "executionDuration" or "pollerScalingDecision" or "currentRetryInterval" || key.EndsWith("amespaceId", StringComparison.Ordinal)) { fields.Remove(key); }
                    else if (hasJitter && key == "startToCloseTimeout") { fields[key] = "<lengthened>"; }
                    else if (value is JsonValue leaf && leaf.TryGetValue<string>(out var text)) { fields[key] = Replacement(key, text); }
                    else { Visit(value); }

                    if (Uuid().IsMatch(key) || RecordingNumber().IsMatch(key)) { Rename(fields, key); }
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    if (items[index] is JsonValue item && item.TryGetValue<string>(out var element)) { items[index] = Instant().Replace(element, "<instant>"); }
                    else { Visit(items[index]); }
                }

                break;
        }
    }

    private string Replacement(string key, string text) => key switch
    {
        "taskToken" or "nextPageToken" or "resourceId" => "<opaque>",
        "historySizeBytes" => "<size>",
        "firstWorkflowTaskBackoff" => IsBelowOneSecond(text) ? "<below 1 s>" : text,
        "requestId" or "attachedRequestId" => RequestId(text),
        "data" => InPayload(text),
        _ when key.EndsWith("Time", StringComparison.Ordinal) => "<time>",
        _ when key.EndsWith("unId", StringComparison.Ordinal) && Uuid().IsMatch(text) => Run(text),
        _ => Instant().Replace(text, "<instant>"),   // runs of schedules are called by their time
    };

    /// <summary>Maps of an answer may have ids as keys.</summary>
    private static void Rename(JsonObject fields, string key)
    {
        var value = fields[key]?.DeepClone();
        fields.Remove(key);
        fields[RequestId(key)] = value;
    }

    private string Run(string id)
    {
        if (!runs.TryGetValue(id, out var placeholder)) { runs[id] = placeholder = FormattableString.Invariant($"run-{runs.Count + 1}"); }
        return placeholder;
    }

    /// <summary>Request ids of the client end in a number of the recording, those of the server are random.</summary>
    private static string RequestId(string id) => RecordingNumber().Replace(Uuid().Replace(id, "<uuid>"), "-<number>");

    private static string InPayload(string base64)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(base64)).Replace(ScenarioRuns.SecondTry, "", StringComparison.Ordinal);
        return Instant().Replace(Uuid().Replace(text, "<uuid>"), "<instant>");
    }

    private static bool IsBelowOneSecond(string duration) =>
        double.TryParse(duration.TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1;

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();

    [GeneratedRegex("-[0-9]{6}\\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberInText();

    [GeneratedRegex("-[0-9]{6}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecordingNumber();
}
