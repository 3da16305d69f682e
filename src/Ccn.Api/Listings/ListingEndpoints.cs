using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Workflows.Listings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Listings;

internal static class ListingEndpoints
{
    public static void MapListings(this IEndpointRouteBuilder app)
    {
        var listings = app.MapGroup("/v1/listings").WithTags("Listings");
        listings.MapGet("/", ListAsync).RequireAuthorization().WithName("ListListings");
        listings.MapGet("/{listingId}", GetAsync).RequireAuthorization().WithName("GetListing");
        listings.MapPost("/{listingId}/submission", SubmitAsync).RequireAuthorization(Roles.Seller).WithName("SubmitListing").AnswersOncePerKey();
        listings.MapPut("/{listingId}/price", PriceAsync).RequireAuthorization(Roles.Seller).WithName("ChangePrice").AnswersOncePerKey();
        listings.MapPut("/{listingId}/stock", StockAsync).RequireAuthorization(Roles.Seller).WithName("ChangeStock").AnswersOncePerKey();
    }

    private static async Task<Ok<IReadOnlyList<ListingSummary>>> ListAsync(ListingQueries listings, CancellationToken cancel) => TypedResults.Ok(await listings.ListAsync(cancel));

    private static async Task<Ok<ListingSummary>> GetAsync(string listingId, ListingQueries listings, CancellationToken cancel) => TypedResults.Ok(await listings.GetAsync(listingId, cancel));

    private static async Task<Ok<ListingSubmission>> SubmitAsync(string listingId, SubmissionBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings) =>
        TypedResults.Ok(await listings.SubmitAsync(listingId, body, key));

    private static async Task<NoContent> PriceAsync(string listingId, PriceBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings)
    {
        await listings.ChangePriceAsync(listingId, body.Price, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> StockAsync(string listingId, StockBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings)
    {
        await listings.ChangeStockAsync(listingId, body.Quantity, key);
        return TypedResults.NoContent();
    }
}

public sealed record SubmissionBody(ListingContent Content, Money Price, int Quantity);
public sealed record PriceBody(Money Price);
public sealed record StockBody(int Quantity);
