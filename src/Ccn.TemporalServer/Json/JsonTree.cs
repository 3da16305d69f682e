using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Ccn.TemporalServer.Json;

/// <summary>Walks protobuf JSON along the descriptor of its message.</summary>
internal static class JsonTree
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> Fields = new();

    /// <summary>The field of a name: JSON may hold both the camel-case name and that of the definition.</summary>
    public static FieldDescriptor? FieldOf(MessageDescriptor type, string name) => Fields.GetOrAdd(type, FieldsOf).GetValueOrDefault(name);

    /// <summary>Whether a message has a JSON form of its own, so that its fields are not in the JSON.</summary>
    public static bool IsWellKnown(MessageDescriptor type) => type.File.Package == "google.protobuf";

    /// <summary>Every value that is there, with its field: items of lists and values of maps one by one. Values may be replaced while this is read.</summary>
    public static IEnumerable<(FieldDescriptor Field, JsonNode? Value)> Values(JsonObject json, MessageDescriptor type)
    {
        foreach (var (name, value) in json.ToArray())
        {
            if (FieldOf(type, name) is not { } field)
            {
                continue;
            }

            var of = field.IsMap ? field.MessageType.Fields.InFieldNumberOrder()[1] : field;
            IEnumerable<JsonNode?> items = (field, value) switch
            {
                ({ IsMap: true }, JsonObject map) => map.Select(entry => entry.Value).ToArray(),
                ({ IsRepeated: true }, JsonArray list) => list.ToArray(),
                _ => [value],
            };
            foreach (var item in items)
            {
                yield return (of, item);
            }
        }
    }

    private static Dictionary<string, FieldDescriptor> FieldsOf(MessageDescriptor type)
    {
        var fields = type.Fields.InDeclarationOrder();
        var byName = fields.ToDictionary(field => field.JsonName, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            byName.TryAdd(field.Name, field);
        }

        return byName;
    }
}
