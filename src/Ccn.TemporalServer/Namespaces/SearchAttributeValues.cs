using System.Globalization;
using System.Text;
using System.Text.Json;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>Search attribute payloads: JSON, with the type in the metadata, never encoded by a client's codec.</summary>
internal static class SearchAttributeValues
{
    private const string TypeKey = "type";

    /// <summary>
    /// The value as queries compare it: string, long, double, bool, <see cref="DateTimeOffset"/>, or a list of strings for
    /// keyword lists and for the words of a text. Null when the payload removes the attribute or is not of the type.
    /// </summary>
    public static object? Decode(Payload payload, IndexedValueType type)
    {
        if (payload.IsRemoval())
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            return Decode(json.RootElement, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The type in the payload's metadata; unspecified when there is none.</summary>
    public static IndexedValueType TypeOf(Payload payload) =>
        payload.Metadata.TryGetValue(TypeKey, out var name) && Enum.TryParse<IndexedValueType>(name.ToStringUtf8(), out var type) ? type : IndexedValueType.Unspecified;

    /// <summary>A copy that names encoding and type. A type that the client sent stays, as on the real server.</summary>
    public static Payload WithType(Payload payload, IndexedValueType type)
    {
        var typed = payload.Clone();
        if (!typed.Metadata.ContainsKey(PayloadForms.EncodingKey))
        {
            typed.Metadata[PayloadForms.EncodingKey] = PayloadForms.PlainJson;
        }

        if (!typed.Metadata.ContainsKey(TypeKey))
        {
            typed.Metadata[TypeKey] = ByteString.CopyFromUtf8(type.ToString());
        }

        return typed;
    }

    /// <summary>A value that the server sets itself, for example the build ids of a run.</summary>
    public static Payload Encode(object value, IndexedValueType type) => WithType(PayloadForms.Json(value), type);

    /// <summary>The words of a text, by which it is found.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Reads an instant as queries and payloads write it: RFC 3339 with a time zone.</summary>
    public static bool TryParseInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return text.Length > 10 && text[10] is 'T' or 't'
            && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    private static object? Decode(JsonElement json, IndexedValueType type) => (type, json.ValueKind) switch
    {
        (IndexedValueType.Keyword, JsonValueKind.String) => json.GetString(),
        (IndexedValueType.Text, JsonValueKind.String) => Words(json.GetString()!),
        (IndexedValueType.Int, JsonValueKind.Number) => json.TryGetInt64(out var integer) ? integer : null,
        (IndexedValueType.Double, JsonValueKind.Number) => json.GetDouble(),
        (IndexedValueType.Bool, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (IndexedValueType.Datetime, JsonValueKind.String) => TryParseInstant(json.GetString()!, out var instant) ? instant : null,
        (IndexedValueType.KeywordList, JsonValueKind.String) => new[] { json.GetString()! },
        (IndexedValueType.KeywordList, JsonValueKind.Array) => json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? json.EnumerateArray().Select(e => e.GetString()!).ToArray()
            : null,
        _ => null,
    };
}
