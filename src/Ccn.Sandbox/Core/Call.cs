using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Ccn.Sandbox.Core;

/// <summary>One request as a handler sees it: read completely, at one instant, together with the state.</summary>
internal sealed record Call(SandboxState State, DateTimeOffset Now, string BaseUrl, HttpContext Http, byte[] Body, string Operation)
    : Moment(State, Now, BaseUrl)
{
    private Dictionary<string, string>? form;

    public string Route(string name) => Http.GetRouteValue(name)?.ToString() ?? "";

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Bearer token of the call, if any.</summary>
    public string? Bearer => Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : null;

    /// <summary>The n-th segment of the path as sent, decoded once by RFC 3986: %2F is a slash in the name, + is a plus.</summary>
    public string RawSegment(int index)
    {
        var target = Http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? Http.Request.Path.Value ?? "";
        if (target.StartsWith("http", StringComparison.Ordinal)) { target = new Uri(target).PathAndQuery; }
        return Uri.UnescapeDataString(target.Split('?')[0].Split('/')[index + 1]);
    }

    /// <summary>The body as a JSON object, or null when it is not one.</summary>
    public JsonObject? Json()
    {
        try { return JsonNode.Parse(Body) as JsonObject; }
        catch (JsonException) { return null; }
    }

    /// <summary>The body as an HTML form, in the order sent; of a name that is sent twice the last value counts.</summary>
    public IReadOnlyDictionary<string, string> Form
    {
        get
        {
            if (form is not null) { return form; }
            form = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in Encoding.UTF8.GetString(Body).Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                var (name, value) = at < 0 ? (pair, "") : (pair[..at], pair[(at + 1)..]);
                form[Decode(name)] = Decode(value);
            }

            return form;
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>Reading JSON leniently: a missing or differently typed member is null.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonNode? node, string name) => (node as JsonObject)?[name] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    public static JsonObject? Object(this JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonArray array
            ? array.OfType<JsonValue>().Where(v => v.GetValueKind() == JsonValueKind.String).Select(v => v.GetValue<string>())
            : [];

    public static int? Int(this JsonNode? node, string name) => int.TryParse(node.Text(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A whole number that is known to be there.</summary>
    public static long Number(this JsonNode node, string name) => long.Parse(node.Text(name)!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An array node of texts.</summary>
    public static JsonArray ToJsonArray(this IEnumerable<string> items) => new([.. items.Select(i => (JsonNode?)JsonValue.Create(i))]);

    /// <summary>An array node of nodes.</summary>
    public static JsonArray ToJsonArray(this IEnumerable<JsonObject> items) => new([.. items]);

    /// <summary>The object without the members that are null, as providers that leave absent things out write it.</summary>
    public static JsonObject WithoutNulls(this JsonObject node)
    {
        foreach (var name in node.Where(m => m.Value is null).Select(m => m.Key).ToList()) { node.Remove(name); }
        return node;
    }
}
