using System.Text.Json.Nodes;
using Ccn.TemporalServer.Json;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Json;

/// <summary>What callers may write in paths, query strings and bodies.</summary>
public sealed class RequestJsonTests
{
    [Fact]
    public void Texts_of_a_query_string_get_the_types_of_their_fields()
    {
        var json = new JsonObject();
        foreach (var (name, text) in new[] { ("execution.runId", "r"), ("waitNewEvent", "true"), ("next_page_token", "a-_b"), ("maximumPageSize", "7"), ("historyEventFilterType", "2"), ("nobody.knows", "x"), ("namespace.x", "y") })
        {
            RequestJson.Set(json, GetWorkflowExecutionHistoryRequest.Descriptor, name, text);
        }

        Assert.Equal("""{"execution":{"runId":"r"},"waitNewEvent":true,"nextPageToken":"a+/b","maximumPageSize":"7","historyEventFilterType":2}""", json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void The_path_wins_over_the_body_whichever_name_that_used()
    {
        var json = JsonNode.Parse("""{"workflow_execution":{"workflow_id":"body","run_id":"r"}}""")!.AsObject();

        RequestJson.Set(json, TerminateWorkflowExecutionRequest.Descriptor, "workflow_execution.workflow_id", "path");

        Assert.Equal("""{"workflowExecution":{"run_id":"r","workflowId":"path"}}""", json.ToJsonString());
    }

    [Theory]
    [InlineData("BufferAll")]
    [InlineData("SCHEDULE_OVERLAP_POLICY_BUFFER_ALL")]
    [InlineData("3")]
    public void Enum_values_have_a_long_and_a_short_name_and_a_number(string name)
    {
        var json = new JsonObject { ["backfillRequest"] = new JsonArray(new JsonObject { ["overlapPolicy"] = name }) };

        RequestJson.NumberEnums(json, SchedulePatch.Descriptor);

        Assert.Equal((int)ScheduleOverlapPolicy.BufferAll, json["backfillRequest"]![0]!["overlapPolicy"]!.GetValue<int>());
    }

    [Fact]
    public void An_enum_value_that_is_none_is_refused()
    {
        var json = new JsonObject { ["overlapPolicy"] = "Sometimes" };

        Assert.Equal("unknown ScheduleOverlapPolicy value Sometimes", Assert.Throws<RpcFailure>(() => RequestJson.NumberEnums(json, TriggerImmediatelyRequest.Descriptor)).Message);
    }

    [Fact]
    public void Every_annotated_path_leads_to_its_own_method()
    {
        var routes = HttpRoute.Of(RpcServices.All.Values);

        Assert.True(routes.Count > 100);
        Assert.All(routes, route => Assert.Same(route, routes.First(other => other.Verb == route.Verb && other.Matches([.. route.Segments]))));
    }
}
