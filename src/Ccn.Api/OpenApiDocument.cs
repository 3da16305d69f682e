using Ccn.Api.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ccn.Api;

/// <summary>Title, sign-in and the common failure answer of the OpenAPI document.</summary>
internal static class OpenApiDocument
{
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Creative Commerce Network";
        document.Info.Description = $"""
            Commands are updates of durable workflows: they answer when the workflow has taken them. Send `{IdempotencyKey.Header}` with each POST and repeat it when you repeat the request;
            resources made by PUT have ids of your own making (prefix and UUIDv7). Refusals are problem details with a stable `code`. Lists are read on with the `next` cursor.
            """;
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Access token of POST /v1/sign-in." },
        };
        return Task.CompletedTask;
    });
}
