namespace Ccn.Api.Requests;

/// <summary>Tells the requests of people's browsers from those of programs.</summary>
public static class PageRequests
{
    private static readonly string[] Programs = ["/v1", "/webhooks", "/hubs", "/openapi", "/health"];

    /// <summary>Whether the answer is looked at: then a refusal is a page, not a problem document.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        !Programs.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
