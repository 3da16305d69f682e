using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccn.Domain;

/// <summary>The one JSON form of domain records at rest and in workflow payloads. Only members are added, always with a default; nothing is renamed.</summary>
public static class CcnJson
{
    /// <summary>
    /// Frozen: camelCase names, enums as the names of their members (numbers are refused when read). The discriminator of a
    /// polymorphic record may stand anywhere, because <c>jsonb</c> sorts members by the length of their names.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowOutOfOrderMetadataProperties = true,
            NumberHandling = JsonNumberHandling.Strict,

            // Stored text is never pasted into a page unescaped; umlauts and Chinese stay readable in the database.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
