using System.Text;
using System.Text.Json;
using Ccn.TemporalServer.Namespaces;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>
/// Search attributes as the database searches them: one JSON object, with keywords as strings, numbers and switches as
/// such, instants as 100-nanosecond ticks, keyword lists and the words of texts as arrays of strings.
/// </summary>
internal static class SearchValuesJson
{
    /// <summary>The object for the search attributes of a run.</summary>
    public static string Of(SearchAttributes? attributes) => Write(json =>
    {
        foreach (var (name, payload) in attributes?.IndexedFields ?? [])
        {
            if (SearchAttributeValues.Decode(payload, SearchAttributeValues.TypeOf(payload)) is { } value)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }
    });

    /// <summary>An object with one attribute, for a search by containment. For lists and texts the value is one element.</summary>
    public static string Of(string name, object value, bool asElement) => Write(json =>
    {
        json.WritePropertyName(name);
        WriteValue(json, asElement ? new[] { (string)value } : value);
    });

    /// <summary>An instant as it is stored.</summary>
    public static long TicksOf(DateTimeOffset instant) => instant.UtcTicks;

    private static string Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(Storable(text));
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset instant:
                json.WriteNumberValue(TicksOf(instant));
                break;
            case IReadOnlyList<string> list:
                json.WriteStartArray();
                foreach (var element in list)
                {
                    json.WriteStringValue(Storable(element));
                }

                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    /// <summary>PostgreSQL stores no NUL in JSON; the payload itself is kept as it came.</summary>
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
