using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ccn.Api.OpenApi;

/// <summary>The problem codes that an operation may answer: those that follow from its shape, and those that its endpoint names.</summary>
internal static class OperationRefusals
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var codes = OfShape(operation, context.Description.ActionDescriptor.EndpointMetadata)
            .Concat(context.Description.ActionDescriptor.EndpointMetadata.OfType<Refusals>().SelectMany(refusals => refusals.Codes)).Distinct();
        foreach (var status in codes.GroupBy(code => code.Status).OrderBy(group => group.Key))
        {
            operation.Responses![status.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join('\n', status.Select(code => $"- `{code.Code}`: {code.Meaning}")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(OpenApiDocuments.Problem, context.Document) },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<ProblemCode> OfShape(OpenApiOperation operation, IList<object> metadata)
    {
        var parameters = operation.Parameters ?? [];
        var once = metadata.OfType<AnswersOnce>().SingleOrDefault();
        var rules = metadata.OfType<IAllowAnonymous>().Any() ? [] : metadata.OfType<IAuthorizeData>().ToList();
        if (operation.RequestBody is not null || parameters.Any(parameter => parameter.In is ParameterLocation.Query)) { yield return ProblemCode.RequestInvalid; }

        if (parameters.Any(parameter => parameter.Name == IdempotencyKey.Header))
        {
            yield return ProblemCode.KeyMissing;
            yield return ProblemCode.KeyTooLong;
        }

        if (rules.Count > 0) { yield return ProblemCode.Unauthenticated; }

        if (rules.Exists(rule => rule.Policy is not null)) { yield return ProblemCode.Forbidden; }

        if (parameters.Any(parameter => parameter.In is ParameterLocation.Path)) { yield return ProblemCode.NotFound; }

        if (once is not null)
        {
            yield return ProblemCode.StateConflict;
            if (once.By is not RepeatedBy.Content) { yield return ProblemCode.RequestDuplicate; }
            yield return ProblemCode.ProviderUnavailable;
        }

        if (operation.RequestBody is not null) { yield return ProblemCode.MediaTypeUnsupported; }
    }
}
