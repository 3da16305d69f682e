using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Domain.Listings;
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
        listings.MapPost("/{listingId}/submission", SubmitAsync).RequireAuthorization(Roles.Seller).WithName("SubmitListing").AnswersOncePerKey().Refuses(ProblemCode.ProviderRejected, ProblemCode.ProviderContract);
        listings.MapPut("/{listingId}/price", PriceAsync).RequireAuthorization(Roles.Seller).WithName("ChangePrice").AnswersOncePerKey().Refuses(ProblemCode.ProviderRejected, ProblemCode.ProviderContract);
        listings.MapPut("/{listingId}/stock", StockAsync).RequireAuthorization(Roles.Seller).WithName("ChangeStock").AnswersOncePerKey().Refuses(ProblemCode.ProviderRejected, ProblemCode.ProviderContract);
        app.MapPost("/v1/fee-estimates", EstimateFeesAsync).WithTags("Listings").RequireAuthorization(Roles.Seller).WithName("EstimateFees").AnswersOncePerKey()
            .Refuses(ProblemCode.AsinUnknown, ProblemCode.SellerAccountNotConnected, ProblemCode.ProviderRejected, ProblemCode.ProviderContract);
    }

    /// <summary>The seller's offers at Amazon.</summary>
    /// <remarks>Staff see all.</remarks>
    internal static async Task<Ok<IReadOnlyList<ListingSummary>>> ListAsync(ListingQueries listings, CancellationToken cancel) => TypedResults.Ok(await listings.ListAsync(cancel));

    /// <summary>An offer with its state and issues.</summary>
    /// <remarks>For its seller, the design's creator and staff.</remarks>
    internal static async Task<Ok<ListingSummary>> GetAsync(string listingId, ListingQueries listings, CancellationToken cancel) => TypedResults.Ok(await listings.GetAsync(listingId, cancel));

    /// <summary>Sends an offer to Amazon.</summary>
    /// <remarks>`accepted` is Amazon's first word; issues that come later are on the listing. A corrected submission is another request with another key.</remarks>
    internal static async Task<Ok<ListingSubmission>> SubmitAsync(string listingId, SubmissionBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings) =>
        TypedResults.Ok(await listings.SubmitAsync(listingId, body, key));

    /// <summary>Changes an offer's price.</summary>
    /// <remarks>Answered when it is in force at Amazon.</remarks>
    internal static async Task<NoContent> PriceAsync(string listingId, PriceBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings)
    {
        await listings.ChangePriceAsync(listingId, body.Price, key);
        return TypedResults.NoContent();
    }

    /// <summary>Changes how many units are offered.</summary>
    /// <remarks>At most what arrived undamaged. Answered when it is in force at Amazon.</remarks>
    internal static async Task<NoContent> StockAsync(string listingId, StockBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ListingCommands listings)
    {
        await listings.ChangeStockAsync(listingId, body.Quantity, key);
        return TypedResults.NoContent();
    }

    /// <summary>Asks Amazon what it would take of one unit.</summary>
    /// <remarks>In the name of the caller's own account. For a product that is in Amazon's catalogue, at exactly this price; `estimatedAt` is Amazon's time of it. An estimate is no promise.</remarks>
    internal static async Task<Ok<AmazonFeeEstimate>> EstimateFeesAsync(FeeEstimateBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, FeeEstimates fees) =>
        TypedResults.Ok(await fees.AskAsync(body.Asin, body.Price, body.FulfilledByAmazon));
}

public sealed record SubmissionBody(ListingContent Content, Money Price, int Quantity);
public sealed record PriceBody(Money Price);
public sealed record StockBody(int Quantity);

/// <param name="Asin">Of an offer like the planned one.</param>
/// <param name="FulfilledByAmazon">False where the seller ships from its own warehouse.</param>
public sealed record FeeEstimateBody(string Asin, Money Price, bool FulfilledByAmazon);
