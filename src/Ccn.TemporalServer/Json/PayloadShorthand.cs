using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Json;

/// <summary>
/// The short form of payloads in the JSON API: the JSON value itself instead of its bytes in base64, a list of values
/// for a list of payloads. The Web UI speaks the long form.
/// </summary>
internal static class PayloadShorthand
{
    private const string MessageTypeKey = "_protoMessageType";

    /// <summary>Shortens what has a short form, in an answer.</summary>
    public static JsonNode? Shorten(JsonNode? node, MessageDescriptor type) => Rewrite(node, type, Short, ShortList);

    /// <summary>Writes short payloads of a request out.</summary>
    public static JsonNode? Expand(JsonNode? node, MessageDescriptor type) => Rewrite(node, type, Long, LongList);

    private static JsonNode? Rewrite(JsonNode? node, MessageDescriptor type, Func<JsonNode?, JsonNode?> payload, Func<JsonNode?, JsonNode?> payloads)
    {
        if (type == Payload.Descriptor)
        {
            return payload(node);
        }

        if (type == Payloads.Descriptor)
        {
            return payloads(node);
        }

        if (node is not JsonObject json || JsonTree.IsWellKnown(type))
        {
            return node;
        }

        foreach (var (name, value) in json.ToArray())
        {
            if (JsonTree.FieldOf(type, name) is not { FieldType: FieldType.Message } field)
            {
                continue;
            }

            if (field.IsMap && value is JsonObject map)
            {
                if (field.MessageType.Fields.InFieldNumberOrder()[1] is { FieldType: FieldType.Message } of)
                {
                    foreach (var (key, item) in map.ToArray())
                    {
                        Replace(item, Rewrite(item, of.MessageType, payload, payloads), rewritten => map[key] = rewritten);
                    }
                }
            }
            else if (field.IsRepeated && value is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    Replace(list[i], Rewrite(list[i], field.MessageType, payload, payloads), rewritten => list[i] = rewritten);
                }
            }
            else
            {
                Replace(value, Rewrite(value, field.MessageType, payload, payloads), rewritten => json[name] = rewritten);
            }
        }

        return json;
    }

    private static void Replace(JsonNode? old, JsonNode? rewritten, Action<JsonNode?> set)
    {
        // A node has one parent: what stays must not be set again.
        if (!ReferenceEquals(old, rewritten))
        {
            set(rewritten);
        }
    }

    private static JsonNode? Short(JsonNode? node) => node is JsonObject json && TryShorten(json, out var value) ? value : node;

    private static JsonNode? ShortList(JsonNode? node) =>
        new JsonArray([.. ((node as JsonObject)?["payloads"] as JsonArray ?? []).Select(item => Short(item) is var value && ReferenceEquals(value, item) ? item?.DeepClone() : value)]);

    // A payload without data, such as that of null, stays long, as in the answers of the real server.
    private static bool TryShorten(JsonObject payload, out JsonNode? value)
    {
        value = null;
        if (payload["metadata"] is not JsonObject metadata || payload["data"] is not { } data || payload.Count > 2)
        {
            return false;
        }

        switch (TextOf(metadata["encoding"]))
        {
            case "json/plain" when metadata.Count == 1:
                return TryParse(data, out value);
            case "json/protobuf" when metadata.Count == 2 && metadata.ContainsKey("messageType"):
                if (!TryParse(data, out value) || value is not JsonObject message)
                {
                    return false;
                }

                message[MessageTypeKey] = TextOf(metadata["messageType"]);
                return true;
            default:
                return false;
        }
    }

    private static string? TextOf(JsonNode? base64) => base64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(base64.GetValue<string>()));

    private static bool TryParse(JsonNode base64, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(Convert.FromBase64String(base64.GetValue<string>()));
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;   // a payload that is not what it says stays as it is
        }
    }

    private static JsonNode? LongList(JsonNode? node) =>
        node is JsonArray values ? new JsonObject { ["payloads"] = new JsonArray([.. values.Select(value => Long(value)?.DeepClone())]) } : node;

    private static JsonNode? Long(JsonNode? node)
    {
        if (IsLong(node))
        {
            return node;
        }

        if (node is null)
        {
            return Write("binary/null", null, null);
        }

        if (node is JsonObject json && json[MessageTypeKey] is JsonValue type && type.TryGetValue<string>(out var messageType))
        {
            var message = json.DeepClone().AsObject();
            message.Remove(MessageTypeKey);
            return Write("json/protobuf", message, messageType);
        }

        return Write("json/plain", node, null);
    }

    // What reads as a payload is one: it has an encoding, and data unless it stands for null.
    private static bool IsLong(JsonNode? node)
    {
        if (node is not JsonObject json || json["metadata"] is not JsonObject { Count: > 0 } metadata)
        {
            return false;
        }

        try
        {
            var payload = JsonParser.Default.Parse<Payload>(json.ToJsonString());
            return payload.Data.Length > 0 || TextOf(metadata["encoding"]) == "binary/null";
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static JsonObject Write(string encoding, JsonNode? data, string? messageType)
    {
        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var metadata = new JsonObject { ["encoding"] = Base64(encoding) };
        if (messageType is not null)
        {
            metadata["messageType"] = Base64(messageType);
        }

        var payload = new JsonObject { ["metadata"] = metadata };
        if (data is not null)
        {
            payload["data"] = Base64(data.ToJsonString());
        }

        return payload;
    }
}
