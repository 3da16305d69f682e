using System.Text.Json;
using Ccn.Api.Requests;
using Ccn.Domain;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ccn.Api.OpenApi;

/// <summary>Who may call an operation, how it repeats, and what its parameters are.</summary>
internal static class OperationTexts
{
    // Names that mean the same wherever they stand; others have their words beside the handler.
    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["designId"] = Id("design", Ids.Design), ["contestId"] = Id("contest", Ids.Contest), ["bidId"] = Id("bid", Ids.Bid), ["licenceId"] = Id("licence", Ids.Licence), ["rfqId"] = Id("request for quotation", Ids.Rfq),
        ["quoteId"] = Id("quote", Ids.Quote), ["orderId"] = Id("purchase order", Ids.Order), ["listingId"] = Id("listing", Ids.Listing), ["statementId"] = Id("statement", Ids.Statement),
        ["payoutId"] = Id("payout", Ids.Payout), ["supplierId"] = Id("supplier", Ids.Supplier), ["creatorId"] = Id("creator's account", Ids.User), ["sellerAccountId"] = Id("seller's Amazon account", Ids.SellerAccount), ["sellerId"] = Id("seller's account", Ids.User),
        ["payeeId"] = Id("payee's account", Ids.User), ["token"] = "The personal link's last part, as the supplier was given it.", ["queryId"] = "The creator's own id of the query.",
        ["limit"] = $"How many at most: 1 to {Cursor.MaxLimit}, {Cursor.DefaultLimit} when left out.", ["cursor"] = "`next` of the page before; the first page when left out.",
    };

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        Describe(operation, metadata);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) { Describe(parameter); }

        if (metadata.OfType<IAllowAnonymous>().Any()) { return Task.CompletedTask; }

        operation.Security = [new() { [new OpenApiSecuritySchemeReference(OpenApiDocuments.Bearer, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        var roles = metadata.OfType<IAuthorizeData>().Select(rule => rule.Policy).OfType<string>().ToList();
        string?[] parts =
        [
            operation.Description,
            roles.Count > 0 ? $"For the role {string.Join(" and ", roles.Select(role => $"`{role}`"))}." : null,
            metadata.OfType<AnswersOnce>().SingleOrDefault()?.By switch
            {
                RepeatedBy.Address => "Repeats by its address: the same content again gets the first answer.",
                RepeatedBy.Content => "Exactly the same request again gets the first answer.",
                _ => null,
            },
        ];
        operation.Summary = operation.Summary?.TrimEnd('.');   // the comment is a sentence, the reference shows it as a heading
        operation.Description = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static void Describe(OpenApiParameter parameter)
    {
        if (parameter.In is ParameterLocation.Query) { parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!); }

        if (parameter.Name == IdempotencyKey.Header)
        {
            parameter.Required = true;
            parameter.Description = $"A key of your own, at most {IdempotencyKey.MaxLength} characters; a UUID will do. The same one when you repeat the request, another one for every other request.";
        }

        parameter.Description ??= Common.GetValueOrDefault(parameter.Name!);
    }

    private static string Id(string what, string prefix) => $"Id of a {what}: `{prefix}_` and a UUID without hyphens.";
}
