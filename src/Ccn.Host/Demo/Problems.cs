using System.Text.Json;

namespace Ccn.Host.Demo;

/// <summary>Reads problem details.</summary>
internal static class Problems
{
    public static async Task<ProblemResponseException> ReadAsync(HttpResponseMessage response, string request, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel);
        try
        {
            using var problem = JsonDocument.Parse(text);
            var root = problem.RootElement;
            var errors = root.TryGetProperty("errors", out var fields) ? " " + fields : "";
            return new(response.StatusCode, Text(root, "code"), Text(root, "detail") + errors, request);
        }
        catch (JsonException) { return new(response.StatusCode, "", text.Length > 300 ? text[..300] : text, request); }
    }

    private static string Text(JsonElement root, string name) => root.ValueKind is JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value.ToString() : "";
}
