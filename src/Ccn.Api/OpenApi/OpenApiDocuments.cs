using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ccn.Api.OpenApi;

/// <summary>The OpenAPI document. Summaries and descriptions are the comments of the handlers; the rest follows from the endpoints' metadata.</summary>
internal static class OpenApiDocuments
{
    public const string Bearer = "bearer", Problem = "Problem";

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Creative Commerce Network";
            document.Info.Description = $"""
                Commands are updates of durable workflows: they answer when the workflow has taken them. Where they take the header `{IdempotencyKey.Header}`, send the same key when you repeat a request:
                the first answer comes again, with `{FirstAnswers.Replayed}: true`, whenever that is. Resources made by PUT have ids of your own making, a prefix and a UUIDv7 without hyphens,
                and repeat by their address. The same key or id with other content is refused.

                Amounts are whole minor units with their currency; instants are in UTC; lists that go on have a `next` cursor.

                Refusals are problem details (RFC 9457) with a stable `code`. Each operation lists its own; any operation may answer 500 `internal`.
                """;
            document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Access token of `POST /v1/sign-in`. It ends after an hour." });
            document.AddComponent<IOpenApiSchema>(Problem, ProblemSchema());
            document.Tags = OpenApiTags.InOrder(document.Tags);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(OperationTexts.DescribeAsync);
        options.AddOperationTransformer(OperationRefusals.DescribeAsync);
        options.AddSchemaTransformer(SchemaTexts.DescribeAsync);
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a request was refused (RFC 9457).",
        Required = new SortedSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Always `about:blank`, or the status's own address." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The status in words." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong, for a person." },
            ["instance"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The address that was asked." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs. One of: " + string.Join(", ", ProblemCode.All.Select(code => $"`{code.Code}`")) + ". New ones may be added." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object, Description = "What is wrong with which field, by its name in the request.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "To find the request in the logs." },
        },
    };
}
