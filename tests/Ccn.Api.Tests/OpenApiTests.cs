using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed partial class OpenApiTests(ApiFixture api)
{
    [Fact]
    public async Task The_documents_paths_and_operations_are_the_approved_ones()
    {
        var document = await DocumentAsync();
        var operations =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name} {operation.Value.GetProperty("operationId").GetString()}";
        Approval.Verify("openapi", operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Amounts_are_whole_minor_units_in_the_document_too()
    {
        var money = (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty("Money").GetProperty("properties");
        Assert.Equal("integer", money.GetProperty("minorUnits").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_reference_page_asks_nobody_outside()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        var page = await http.GetAsync("/reference/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotMatch(Outside(), html);
        var scripts = Script().Matches(html).Select(match => match.Groups["source"].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts) { Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(new Uri(api.Address, "/reference/"), script))).StatusCode); }
    }

    [Fact]
    public async Task The_process_is_alive_and_ready()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        return (await Answer.OfAsync(await http.GetAsync("/openapi/v1.json"))).Is(HttpStatusCode.OK).Json;
    }

    [GeneratedRegex("https?://(?!127\\.0\\.0\\.1|www\\.w3\\.org)", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Outside();

    [GeneratedRegex("<script[^>]+src=\"(?<source>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Script();
}
