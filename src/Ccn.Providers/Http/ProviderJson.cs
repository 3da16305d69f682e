using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Ccn.Providers.Http;

/// <summary>
/// JSON and URL rules per naming style. A promised member that is missing or null is an error here, so that a changed contract is seen
/// at the border and not as an empty value later; unknown members are ignored, because providers add them at any time.
/// </summary>
internal static class ProviderJson
{
    public static JsonSerializerOptions CamelCase { get; } = Create(JsonNamingPolicy.CamelCase);

    public static JsonSerializerOptions SnakeCase { get; } = Create(JsonNamingPolicy.SnakeCaseLower);

    public static JsonSerializerOptions AsWritten { get; } = Create(null);

    public static RefitSettings Refit(JsonSerializerOptions options)
    {
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(options))
        {
            CollectionFormat = CollectionFormat.Csv,
        };
        settings.Url.UrlParameterKeyFormatter = new NamingPolicyKeys(options.PropertyNamingPolicy);
        settings.Url.UrlParameterFormatterMap[typeof(DateTimeOffset)] = new UtcInstant();
        settings.Url.UrlParameterFormatterMap[typeof(bool)] = new LowerCaseBoolean();
        return settings;
    }

    private static JsonSerializerOptions Create(JsonNamingPolicy? naming)
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Default)
        {
            PropertyNamingPolicy = naming,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            MaxDepth = 64,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class NamingPolicyKeys(JsonNamingPolicy? naming) : IUrlParameterKeyFormatter
    {
        public string Format(string key) => naming?.ConvertName(key) ?? key;
    }

    /// <summary>ISO 8601 in UTC with a Z: an offset's plus sign is what providers most often read as a space.</summary>
    private sealed class UtcInstant : IUrlParameterFormatter
    {
        public string? Format(object? value, System.Reflection.ICustomAttributeProvider attributeProvider, Type type) =>
            value is DateTimeOffset instant ? instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>As in JSON; .NET would write "True", which providers read as false or refuse.</summary>
    private sealed class LowerCaseBoolean : IUrlParameterFormatter
    {
        public string? Format(object? value, System.Reflection.ICustomAttributeProvider attributeProvider, Type type) =>
            value is bool flag ? (flag ? "true" : "false") : null;
    }
}
