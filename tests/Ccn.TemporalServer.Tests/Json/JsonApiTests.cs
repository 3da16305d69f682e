using System.Text;
using Ccn.TemporalServer.Hosting;

namespace Ccn.TemporalServer.Tests.Json;

/// <summary>The JSON API over real HTTP.</summary>
public sealed class JsonApiTests : IAsyncLifetime
{
    private const string Namespace = "/api/v1/namespaces/default";
    private EmbeddedTemporalServer server = null!;
    private JsonApiServer api = null!, ui = null!;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new() { HttpPort = 0, UiPort = 0 }, TestContext.Current.CancellationToken);
        api = new(server.HttpAddress!);
        ui = new(server.UiAddress!);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        ui.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_workflow_with_a_slash_in_its_id_is_started_signalled_and_described()
    {
        var started = await api.PostAsync($"{Namespace}/workflows/order%2F1", """{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"input":[{"pieces":3}],"memo":{"fields":{"note":"x"}}}""");
        await api.PostAsync($"{Namespace}/workflows/order%2F1/signal/approve", """{"input":["yes"]}""");

        var described = (await api.GetAsync($"{Namespace}/workflows/order%2F1?execution.runId={started["runId"]}"))["workflowExecutionInfo"]!;
        Assert.Equal(("order/1", "WORKFLOW_EXECUTION_STATUS_RUNNING", "x"),
            (described["execution"]!["workflowId"]!.GetValue<string>(), described["status"]!.GetValue<string>(), described["memo"]!["fields"]!["note"]!.GetValue<string>()));
        var events = (await api.GetAsync($"{Namespace}/workflows/order%2F1/history"))["history"]!["events"]!.AsArray();
        Assert.Equal("3", events[0]!["workflowExecutionStartedEventAttributes"]!["input"]![0]!["pieces"]!.ToJsonString());
        Assert.Equal("yes", events[^1]!["workflowExecutionSignaledEventAttributes"]!["input"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task The_UI_gets_payloads_in_the_long_form_and_others_may_ask_for_it()
    {
        await api.PostAsync($"{Namespace}/workflows/w", """{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"input":["a"]}""");

        foreach (var (caller, path) in new[] { (ui, "/temporal" + Namespace + "/workflows/w/history"), (api, Namespace + "/workflows/w/history?noPayloadShorthand&pretty") })
        {
            var input = (await caller.GetAsync(path))["history"]!["events"]![0]!["workflowExecutionStartedEventAttributes"]!["input"]!;
            Assert.Equal("\"a\"", Encoding.UTF8.GetString(Convert.FromBase64String(input["payloads"]![0]!["data"]!.GetValue<string>())));
        }
    }

    [Theory]
    [InlineData("GET", "/workflows/nobody", null, 404, 5)]
    [InlineData("GET", "/workflows?query=x%20%3D", null, 400, 3)]
    [InlineData("POST", "/workflows/x/terminate", "{", 400, 3)]
    [InlineData("POST", "/workflows/x/terminate", "[]", 400, 3)]
    [InlineData("POST", "/schedules/s/patch", """{"patch":{"triggerImmediately":{"overlapPolicy":"Sometimes"}}}""", 400, 3)]
    [InlineData("PUT", "/workflows/nobody", null, 501, 12)]
    [InlineData("GET", "/nothing/here", null, 404, 5)]
    [InlineData("GET", "/worker-deployments/parcels", null, 501, 12)]
    public async Task A_refusal_is_a_status_in_JSON_with_the_code_of_HTTP(string verb, string path, string? body, int status, int code)
    {
        var (got, answer) = await api.CallAsync(verb, Namespace + path, body);

        Assert.Equal((status, code), (got, answer["code"]!.GetValue<int>()));
        Assert.NotEqual("", answer["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refusal_carries_its_details()
    {
        var (status, answer) = await api.CallAsync("GET", "/api/v1/namespaces/nope");

        Assert.Equal(404, status);
        Assert.Equal("type.googleapis.com/temporal.api.errordetails.v1.NamespaceNotFoundFailure", answer["details"]![0]!["@type"]!.GetValue<string>());
        Assert.Equal("nope", answer["details"]![0]!["namespace"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var (status, _) = await api.CallAsync("POST", $"{Namespace}/workflows/big", $$"""{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"},"identity":"{{new string('x', 5 << 20)}}"}""");

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_long_poll_is_answered_by_the_next_event()
    {
        await api.PostAsync($"{Namespace}/workflows/w", """{"workflowType":{"name":"Order"},"taskQueue":{"name":"q"}}""");
        var token = (await api.GetAsync($"{Namespace}/workflows/w/history?waitNewEvent=true"))["nextPageToken"]!.GetValue<string>();
        var poll = api.CallAsync("GET", $"{Namespace}/workflows/w/history?waitNewEvent=true&nextPageToken={Uri.EscapeDataString(token)}");

        await api.PostAsync($"{Namespace}/workflows/w/terminate", """{"reason":"enough"}""");

        Assert.Equal("EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED", (await poll).Body["history"]!["events"]![0]!["eventType"]!.GetValue<string>());
    }
}
