using System.Text.Json.Nodes;
using Ccn.TemporalServer.Json;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;

namespace Ccn.TemporalServer.Tests.Json;

/// <summary>The short form of payloads, both ways, as the real server writes and reads it.</summary>
public sealed class PayloadShorthandTests
{
    private const string Plain = "anNvbi9wbGFpbg==";   // json/plain in base64

    [Theory]
    [InlineData("""{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"eyJhIjpbMSwyXX0="}""", """{"a":[1,2]}""")]
    [InlineData("""{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="}""", "12345678901234567890")]
    [InlineData("""{"metadata":{"encoding":"anNvbi9wcm90b2J1Zg==","messageType":"YS5C"},"data":"eyJ4IjoxfQ=="}""", """{"x":1,"_protoMessageType":"a.B"}""")]
    public void A_JSON_value_stands_for_its_payload_both_ways(string payload, string value)
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), PayloadShorthand.Shorten(JsonNode.Parse(payload), Payload.Descriptor)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), PayloadShorthand.Expand(JsonNode.Parse(value), Payload.Descriptor)));
    }

    [Theory]
    [InlineData("""{"metadata":{"encoding":"YmluYXJ5L251bGw="}}""")]
    [InlineData("""{"metadata":{"encoding":"YmluYXJ5L3BsYWlu"},"data":"AAEC"}""")]
    [InlineData("""{"metadata":{"encoding":"anNvbi9wbGFpbg==","type":"S2V5d29yZA=="},"data":"IlJ1bm5pbmci"}""")]
    [InlineData("""{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"bm90IEpTT04="}""")]
    public void What_has_no_short_form_stays_and_is_read_as_it_is(string payload)
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), PayloadShorthand.Shorten(JsonNode.Parse(payload), Payload.Descriptor)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), PayloadShorthand.Expand(JsonNode.Parse(payload), Payload.Descriptor)));
    }

    [Fact]
    public void Payloads_are_a_list_of_values_wherever_they_are()
    {
        var query = Expand("""{"queryType":"q","queryArgs":[{"a":1},null,"x"],"header":{"fields":{"h":true}}}""", WorkflowQuery.Descriptor);

        Assert.Equal(3, query["queryArgs"]!["payloads"]!.AsArray().Count);
        Assert.Equal(Plain, query["queryArgs"]!["payloads"]![0]!["metadata"]!["encoding"]!.GetValue<string>());
        Assert.Equal("YmluYXJ5L251bGw=", query["queryArgs"]!["payloads"]![1]!["metadata"]!["encoding"]!.GetValue<string>());
        Assert.Equal("dHJ1ZQ==", query["header"]!["fields"]!["h"]!["data"]!.GetValue<string>());

        var back = PayloadShorthand.Shorten(query, WorkflowQuery.Descriptor)!;
        Assert.Equal("""{"a":1}""", back["queryArgs"]![0]!.ToJsonString());
        Assert.Equal("true", back["header"]!["fields"]!["h"]!.ToJsonString());
    }

    [Fact]
    public void An_empty_list_of_payloads_is_an_empty_list() => Assert.Equal("[]", PayloadShorthand.Shorten(new JsonObject(), Payloads.Descriptor)!.ToJsonString());

    [Fact]
    public void The_long_form_is_read_too()
    {
        var outcome = Expand("""{"success":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MQ=="}]}}""", Outcome.Descriptor);

        Assert.Equal("MQ==", outcome["success"]!["payloads"]![0]!["data"]!.GetValue<string>());
    }

    private static JsonNode Expand(string json, MessageDescriptor type) => PayloadShorthand.Expand(JsonNode.Parse(json), type)!;
}
