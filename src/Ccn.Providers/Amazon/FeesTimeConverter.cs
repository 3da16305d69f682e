using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccn.Providers.Amazon;

/// <summary>
/// The model promises ISO 8601 for the time of an estimate, but its own examples, and so Amazon's sandbox, write <c>Mon Oct 28 18:49:32 UTC 2019</c>.
/// </summary>
internal sealed class FeesTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string SandboxFormat = "ddd MMM d HH:mm:ss 'UTC' yyyy";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TryGetDateTimeOffset(out var instant)) { return instant; }
        return DateTimeOffset.TryParseExact(reader.GetString(), SandboxFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
            ? instant
            : throw new JsonException("Not a time of an estimate.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
