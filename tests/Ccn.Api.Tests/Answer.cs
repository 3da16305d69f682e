using System.Net;
using System.Text.Json;

namespace Ccn.Api.Tests;

/// <summary>What the API answered.</summary>
/// <param name="Replayed">Whether it says that it was given before.</param>
internal sealed record Answer(HttpStatusCode Status, string Body, string? MediaType, bool Replayed)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The stable code of a refusal, which must be problem details.</summary>
    public string Code
    {
        get
        {
            Assert.True(MediaType == "application/problem+json", $"{(int)Status} without problem details: {MediaType} {Body}");
            Assert.Equal((int)Status, Json.GetProperty("status").GetInt32());
            return Json.GetProperty("code").GetString()!;
        }
    }

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response) { return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, response.Headers.Contains("Idempotency-Replayed")); }
    }

    /// <summary>The answer, which must have this status.</summary>
    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Body}");
        return this;
    }

    /// <summary>A refusal with this status and code.</summary>
    public void Refused(HttpStatusCode status, string code) => Assert.Equal(code, Is(status).Code);

    public string Text(params ReadOnlySpan<string> path)
    {
        var element = Json;
        foreach (var name in path) { element = element.GetProperty(name); }

        return element.ToString();
    }
}
