using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Every_operation_and_every_parameter_says_what_it_is()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            Assert.True(Text(operation, "summary") is { Length: > 5 and < 120 }, $"{name} has no short summary.");
            Assert.True(operation.GetProperty("tags").GetArrayLength() == 1, $"{name} is in no group, or in several.");
            foreach (var parameter in Parameters(operation))
            {
                var parameterName = parameter.GetProperty("name").GetString()!;
                Assert.True(Text(parameter, "description") is { Length: > 5 }, $"{name}: {parameterName} has no description.");
                Assert.True(parameter.GetProperty("in").GetString() is "header" || char.IsLower(parameterName[0]), $"{name}: {parameterName} is not in camel case.");
            }
        }
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_with_codes_of_the_list()
    {
        var document = await DocumentAsync();
        var problem = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem");
        Assert.Contains("code", problem.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        foreach (var (name, operation) in Operations(document))
        {
            var refusals = operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5').ToList();
            foreach (var refusal in refusals)
            {
                Assert.Equal("#/components/schemas/Problem", refusal.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
                var codes = Code().Matches(Text(refusal.Value, "description")!).Select(match => match.Groups["code"].Value).ToList();
                Assert.NotEmpty(codes);
                Assert.All(codes, code => Assert.Equal(refusal.Name, ProblemCode.All.Single(known => known.Code == code).Status.ToString(CultureInfo.InvariantCulture)));
            }

            if (operation.TryGetProperty("requestBody", out _)) { Assert.True(refusals.Exists(refusal => refusal.Name == "400"), $"{name} takes a body and refuses none."); }
        }
    }

    [Fact]
    public async Task Sign_in_and_key_are_asked_for_where_they_are_needed()
    {
        var document = await DocumentAsync();
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        var endpoints = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<EndpointNameMetadata>() is not null)
            .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<EndpointNameMetadata>()!.EndpointName, StringComparer.Ordinal);
        foreach (var (name, operation) in Operations(document))
        {
            var endpoint = endpoints[operation.GetProperty("operationId").GetString()!];
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(operation.TryGetProperty("security", out _) != isOpen, $"{name} does not say whether it needs a sign-in.");
            Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _) || isOpen, $"{name} does not say 401.");
            if (endpoint.Metadata.GetMetadata<AnswersOnce>() is { By: RepeatedBy.Key })
            {
                Assert.Contains(Parameters(operation), parameter => Text(parameter, "name") == "Idempotency-Key" && parameter.GetProperty("required").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task Types_are_as_a_client_needs_them()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        var money = schemas.GetProperty("Money");
        Assert.Equal(["currency", "minorUnits"], money.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("integer", money.GetProperty("properties").GetProperty("minorUnits").GetProperty("type").GetString());
        foreach (var schema in schemas.EnumerateObject().Where(schema => schema.Value.TryGetProperty("enum", out _))) { Assert.Equal("string", Text(schema.Value, "type")); }

        foreach (var (name, member) in schemas.EnumerateObject().Where(schema => schema.Value.TryGetProperty("properties", out _)).SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(member => ($"{schema.Name}.{member.Name}", member))))
        {
            if (member.Name.EndsWith("At", StringComparison.Ordinal)) { Assert.True(Text(member.Value, "format") == "date-time", $"{name} is no instant."); }
        }
    }

    [Fact]
    public async Task Files_come_with_their_media_type()
    {
        foreach (var (id, type) in new[] { ("GetMedia", "image/webp"), ("DownloadOriginal", "application/octet-stream"), ("DownloadSealedCopy", "application/pdf"), ("DownloadStatement", "application/json"), ("DownloadStatementCsv", "text/csv"), ("DownloadStatementPdf", "application/pdf") })
        {
            var operation = Operations(await DocumentAsync()).Single(operation => Text(operation.Operation, "operationId") == id).Operation;
            Assert.True(operation.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty(type, out _), $"{id} is no {type}.");
        }
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

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    private static List<JsonElement> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private async Task<JsonElement> DocumentAsync()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        return (await Answer.OfAsync(await http.GetAsync("/openapi/v1.json"))).Is(HttpStatusCode.OK).Json;
    }

    [GeneratedRegex("^- `(?<code>[a-z_.]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    [GeneratedRegex("https?://(?!127\\.0\\.0\\.1|www\\.w3\\.org)", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Outside();

    [GeneratedRegex("<script[^>]+src=\"(?<source>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Script();
}
