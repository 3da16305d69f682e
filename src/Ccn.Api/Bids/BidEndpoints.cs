using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Domain.Bids;
using Ccn.Workflows.Bids;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Bids;

internal static class BidEndpoints
{
    public static void MapBids(this IEndpointRouteBuilder app)
    {
        var bids = app.MapGroup("/v1/designs/{designId}/bids").WithTags("Bids");
        bids.MapGet("/", ListAsync).RequireAuthorization().WithName("ListBids");
        bids.MapPut("/{bidId}", PlaceAsync).RequireAuthorization(Roles.Seller).WithName("PlaceBid").AnswersOncePerAddress().Refuses(ProblemCode.SellerNotVerified);
        bids.MapDelete("/{bidId}", WithdrawAsync).RequireAuthorization(Roles.Seller).WithName("WithdrawBid").AnswersOncePerAddress();
        bids.MapPost("/{bidId}/acceptance", AcceptAsync).RequireAuthorization(Roles.Creator).WithName("AcceptBid").AnswersOncePerKey();
        bids.MapPost("/{bidId}/standby-answer", AnswerStandbyAsync).RequireAuthorization(Roles.Seller).WithName("AnswerStandby").AnswersOncePerKey();
        bids.MapPost("/decline-all", DeclineAllAsync).RequireAuthorization(Roles.Creator).WithName("DeclineAllBids").AnswersOncePerKey();
    }

    /// <summary>The bids on a design.</summary>
    /// <remarks>The creator and staff see all, a seller their own. Terms are null while the bids are sealed.</remarks>
    internal static async Task<Ok<IReadOnlyList<BidView>>> ListAsync(string designId, BidQueries bids, CancellationToken cancel) => TypedResults.Ok(await bids.ForDesignAsync(designId, cancel));

    /// <summary>Lodges a sealed bid.</summary>
    /// <remarks>The receipt proves terms and instant. A bid under a new id replaces the seller's earlier one while the window is open. The minimum is in the design's template.</remarks>
    internal static async Task<Ok<BidReceipt>> PlaceAsync(string designId, string bidId, BidTerms terms, BidCommands bids) => TypedResults.Ok(await bids.PlaceAsync(designId, bidId, terms));

    /// <summary>Takes back one's own bid while the window is open.</summary>
    internal static async Task<NoContent> WithdrawAsync(string designId, string bidId, BidCommands bids)
    {
        await bids.WithdrawAsync(designId, bidId);
        return TypedResults.NoContent();
    }

    /// <summary>Takes one bid, which starts the licence.</summary>
    /// <remarks>Possible after the bids are revealed, until the template's deadline. Of two acceptances in the same instant one wins; the others stay as standby.</remarks>
    internal static async Task<NoContent> AcceptAsync(string designId, string bidId, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.AcceptAsync(designId, bidId, key);
        return TypedResults.NoContent();
    }

    /// <summary>Takes or leaves a licence that fell through with the bidder before.</summary>
    internal static async Task<NoContent> AnswerStandbyAsync(string designId, string bidId, StandbyAnswer answer, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.AnswerStandbyAsync(designId, bidId, answer.Accept, key);
        return TypedResults.NoContent();
    }

    /// <summary>Takes none of the bids.</summary>
    /// <remarks>The design is published as before and can be opened to bids again.</remarks>
    internal static async Task<NoContent> DeclineAllAsync(string designId, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.DeclineAllAsync(designId, key);
        return TypedResults.NoContent();
    }
}

/// <summary>A standby bidder's answer to the offer.</summary>
public sealed record StandbyAnswer(bool Accept);
