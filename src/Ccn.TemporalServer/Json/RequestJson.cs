using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Ccn.TemporalServer.Json;

/// <summary>Makes of a path, a query string and a body the JSON that the protobuf parser reads.</summary>
internal static class RequestJson
{
    /// <summary>Sets the field at a dotted path to the value that a text stands for. A path that leads nowhere is ignored.</summary>
    /// <exception cref="RpcFailure">The text is no value of the field.</exception>
    public static void Set(JsonObject json, MessageDescriptor type, string path, string text)
    {
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            if (JsonTree.FieldOf(type, parts[i]) is not { } field)
            {
                return;
            }

            // Whichever name the body used: the parser refuses a field that comes twice.
            if (field.Name != field.JsonName && json.Remove(field.Name, out var renamed))
            {
                json[field.JsonName] = renamed;
            }

            if (i == parts.Length - 1)
            {
                SetValue(json, field, text);
            }
            else if (field.FieldType == FieldType.Message)
            {
                if (json[field.JsonName] is not JsonObject child)
                {
                    json[field.JsonName] = child = [];
                }

                (json, type) = (child, field.MessageType);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Turns every enum value into its number: callers also send the short form, <c>BufferAll</c> for <c>SCHEDULE_OVERLAP_POLICY_BUFFER_ALL</c>.</summary>
    /// <exception cref="RpcFailure">There is no such value.</exception>
    public static void NumberEnums(JsonNode? node, MessageDescriptor type)
    {
        if (node is not JsonObject json || JsonTree.IsWellKnown(type))
        {
            return;
        }

        foreach (var (field, value) in JsonTree.Values(json, type))
        {
            if (field.FieldType == FieldType.Message)
            {
                NumberEnums(value, field.MessageType);
            }
            else if (field.FieldType == FieldType.Enum && value is JsonValue text && text.TryGetValue<string>(out var name))
            {
                text.ReplaceWith(NumberOf(field.EnumType, name));
            }
        }
    }

    private static void SetValue(JsonObject json, FieldDescriptor field, string text)
    {
        JsonNode value = field.FieldType switch
        {
            FieldType.Bool => text is "true" or "1",
            FieldType.Enum => NumberOf(field.EnumType, text),
            FieldType.Bytes => text.Replace('-', '+').Replace('_', '/'),
            _ => text,
        };
        if (!field.IsRepeated)
        {
            json[field.JsonName] = value;
        }
        else if (json[field.JsonName] is JsonArray list)
        {
            list.Add(value);
        }
        else
        {
            json[field.JsonName] = new JsonArray(value);
        }
    }

    private static int NumberOf(EnumDescriptor type, string text)
    {
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        static string Flat(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        return (type.FindValueByName(text) ?? type.Values.FirstOrDefault(value => Flat(value.Name) == Flat(type.Name + text)))?.Number
            ?? throw new RpcFailure(StatusCode.InvalidArgument, $"unknown {type.Name} value {text}");
    }
}
