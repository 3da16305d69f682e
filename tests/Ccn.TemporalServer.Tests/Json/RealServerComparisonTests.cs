using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Ccn.TemporalServer.Hosting;
using Temporalio.Testing;

namespace Ccn.TemporalServer.Tests.Json;

/// <summary>The same calls to the JSON API here and to that of a real dev server, in the program that CCN_TEMPORAL_BIN names: same codes, same shape of the answers.</summary>
public sealed class RealServerComparisonTests
{
    private const string N = "/api/v1/namespaces/default";
    private const string Start = """{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"input":[{"a":1},null,"x"],"memo":{"fields":{"note":"m"}},"userMetadata":{"summary":"s","details":"d"},"requestId":"r1"}""";

    // Fields that one of the two versions has and the other has not, or has only on several nodes.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "firstExecutionRunId", "nexus", "phase", "versioningInfo", "effectiveRateLimit", "worker_poll_complete_on_shutdown", "workerHeartbeats", "limits", "workerPollCompleteOnShutdown",
    };

    // What 1.29.1 does otherwise than 1.32.1, the model, or what nobody can tell apart.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        $"GET {N}/workflows/w1/history?maximumPageSize=1: not here: .nextPageToken String",   // of an empty page after the last event
        $"GET {N}/workflows?query=WorkflowId%3D%22w1%22&pageSize=1: only here: .executions[].searchAttributes {{}}",
        $"GET {N}/workflows/w1: not here: .pendingWorkflowTask.state PENDING_WORKFLOW_TASK_STATE_SCHEDULED",   // of a run that is terminated
        $"GET {N}/workflows/w1: not here: .pendingWorkflowTask.scheduledTime String",
        $"GET {N}/workflows/w1: not here: .pendingWorkflowTask.originalScheduledTime String",
        $"GET {N}/workflows/w1: not here: .pendingWorkflowTask.attempt Number",
        $"GET {N}/workflows/w1/history: not here: .history.events[].workflowExecutionTerminatedEventAttributes.identity String",   // "frontend-service"
    };

    private static readonly (string Verb, string Path, string? Body)[] Calls =
    [
        ("GET", "/api/v1/system-info", null),
        ("GET", N + "/workflows", null),
        ("POST", N + "/workflows/w1", Start),
        ("POST", N + "/workflows/w1", """{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"requestId":"other"}"""),
        ("GET", N + "/workflows/w1", null),
        ("GET", N + "/workflows/w1/history", null),
        ("GET", N + "/workflows/w1/history?noPayloadShorthand", null),
        ("GET", N + "/workflows/w1/history?maximumPageSize=1", null),
        ("GET", N + "/workflows/w1/history-reverse", null),
        ("GET", N + "/workflow-count?query=GROUP%20BY%20ExecutionStatus", null),
        ("GET", N + "/workflows?query=WorkflowId%3D%22w1%22&pageSize=1", null),
        ("GET", N + "/workflows?query=nonsense", null),
        ("POST", N + "/workflows/w1/signal/go", """{"input":[1]}"""),
        ("POST", N + "/workflows/w1/cancel", null),
        ("POST", N + "/workflows/w1/cancel", "{}"),
        ("POST", N + "/workflows/w1/terminate", """{"reason":"enough"}"""),
        ("POST", N + "/workflows/w1/terminate", """{"reason":"enough"}"""),
        ("POST", N + "/workflows/w1/terminate", """{"reason":"""),
        ("GET", N + "/workflows/w1", null),
        ("GET", N + "/workflows/w1/history", null),
        ("POST", N + "/workflows/nobody/signal/go", "{}"),
        ("GET", N + "/workflows/nobody", null),
        ("PUT", N + "/workflows/w1", "{}"),
        ("GET", "/api/v1/namespaces/nope/workflows", null),
        ("GET", "/api/v1/nothing", null),
        ("POST", N + "/schedules/s1", """{"schedule":{"spec":{"interval":[{"interval":"3600s"}]},"action":{"startWorkflow":{"workflowId":"s","workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"input":["x"]}},"state":{"notes":"n"}},"requestId":"s1"}"""),
        ("GET", N + "/schedules/s1", null),
        ("POST", N + "/schedules/s1/patch", """{"patch":{"pause":"later"},"requestId":"p1"}"""),
        ("GET", N + "/schedules/s1", null),
        ("POST", N + "/schedules/s1/patch", """{"patch":{"triggerImmediately":{"overlapPolicy":"SometimesPerhaps"}}}"""),
        ("DELETE", N + "/schedules/s1", null),
        ("GET", N + "/schedules/nobody", null),
        ("GET", N + "/batch-operations", null),
        ("GET", N + "/batch-operations/nobody", null),
        ("GET", "/api/v1/nexus/endpoints", null),
    ];

    [Fact]
    public async Task Answers_have_the_codes_and_the_shape_of_the_real_servers()
    {
        var folder = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN");
        Assert.SkipWhen(folder is null, Ccn.Testing.RealTemporalFixture.WhyNone);
        var port = FreePort();
        await using var real = await WorkflowEnvironment.StartLocalAsync(new() { DevServerOptions = new() { ExistingPath = Path.Combine(folder, "temporal"), ExtraArgs = ["--http-port", port.ToString(CultureInfo.InvariantCulture)] } });
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { HttpPort = 0 }, TestContext.Current.CancellationToken);
        using var theirs = new JsonApiServer(new(FormattableString.Invariant($"http://127.0.0.1:{port}")));
        using var ours = new JsonApiServer(server.HttpAddress!);

        var differences = new List<string>();
        foreach (var (verb, path, body) in Calls)
        {
            var (expected, actual) = (await AnswerAsync(theirs, verb, path, body), await AnswerAsync(ours, verb, path, body));
            differences.AddRange(expected.Except(actual, StringComparer.Ordinal).Select(line => $"{verb} {path}: not here: {line}"));
            differences.AddRange(actual.Except(expected, StringComparer.Ordinal).Select(line => $"{verb} {path}: only here: {line}"));
        }

        differences.RemoveAll(Known.Contains);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<IReadOnlyList<string>> AnswerAsync(JsonApiServer server, string verb, string path, string? body)
    {
        var (status, answer) = await server.CallAsync(verb, path, body);
        return [.. Shape(answer, "").Append(FormattableString.Invariant($"status {status}"))];
    }

    // The address and kind of every value; the values of enums too, for they are names. What is said in words is each server's own.
    private static IEnumerable<string> Shape(JsonNode? node, string path) => node switch
    {
        JsonObject json => json.Where(member => !Elsewhere.Contains(member.Key)).SelectMany(member => Shape(member.Value, $"{path}.{member.Key}")).DefaultIfEmpty(path + " {}"),
        JsonArray list => list.SelectMany(item => Shape(item, path + "[]")).DefaultIfEmpty(path + " []"),
        null => [path + " null"],
        _ when node.GetValueKind() is System.Text.Json.JsonValueKind.String && node.GetValue<string>() is var text && text.Length > 3 && text.All(c => char.IsAsciiLetterUpper(c) || c == '_') => [$"{path} {text}"],
        _ => [$"{path} {node.GetValueKind()}"],
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
