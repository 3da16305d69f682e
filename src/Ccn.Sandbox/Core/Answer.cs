using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ccn.Sandbox.Core;

/// <summary>What a provider answers, held back until the state is safe and faults had their say.</summary>
internal sealed record Answer(int Status, byte[] Body, string? ContentType)
{
    private static readonly JsonSerializerOptions Wire = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public static Answer Json(int status, JsonNode body) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString(Wire)), "application/json");

    public static Answer Ok(JsonNode body) => Json(200, body);

    public static Answer Empty(int status) => new(status, [], null);

    public static Answer Html(int status, string html) => new(status, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");

    public static Answer Bytes(byte[] body, string contentType) => new(200, body, contentType);

    public static Answer Redirect(string location) => new(302, [], null) { Headers = new(StringComparer.OrdinalIgnoreCase) { ["Location"] = location } };

    public Answer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}

/// <summary>Ends a handler with the provider's own error answer. Thrown before the handler changes anything.</summary>
internal sealed class Refusal(Answer answer) : Exception("The provider refuses the call.")
{
    public Answer Answer { get; } = answer;
}
