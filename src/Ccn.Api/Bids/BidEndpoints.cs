using Ccn.Api.Accounts;
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
        bids.MapPut("/{bidId}", PlaceAsync).RequireAuthorization(Roles.Seller).WithName("PlaceBid").AnswersOncePerAddress();
        bids.MapDelete("/{bidId}", WithdrawAsync).RequireAuthorization(Roles.Seller).WithName("WithdrawBid").AnswersOncePerAddress();
        bids.MapPost("/{bidId}/acceptance", AcceptAsync).RequireAuthorization(Roles.Creator).WithName("AcceptBid").AnswersOncePerKey();
        bids.MapPost("/{bidId}/standby-answer", AnswerStandbyAsync).RequireAuthorization(Roles.Seller).WithName("AnswerStandby").AnswersOncePerKey();
        bids.MapPost("/decline-all", DeclineAllAsync).RequireAuthorization(Roles.Creator).WithName("DeclineAllBids").AnswersOncePerKey();
    }

    private static async Task<Ok<IReadOnlyList<BidView>>> ListAsync(string designId, BidQueries bids, CancellationToken cancel) => TypedResults.Ok(await bids.ForDesignAsync(designId, cancel));

    private static async Task<Ok<BidReceipt>> PlaceAsync(string designId, string bidId, BidTerms terms, BidCommands bids) => TypedResults.Ok(await bids.PlaceAsync(designId, bidId, terms));

    private static async Task<NoContent> WithdrawAsync(string designId, string bidId, BidCommands bids)
    {
        await bids.WithdrawAsync(designId, bidId);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AcceptAsync(string designId, string bidId, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.AcceptAsync(designId, bidId, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AnswerStandbyAsync(string designId, string bidId, StandbyAnswer answer, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.AnswerStandbyAsync(designId, bidId, answer.Accept, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DeclineAllAsync(string designId, [FromHeader(Name = IdempotencyKey.Header)] string? key, BidCommands bids)
    {
        await bids.DeclineAllAsync(designId, key);
        return TypedResults.NoContent();
    }
}

/// <summary>A standby bidder's answer to the offer.</summary>
public sealed record StandbyAnswer(bool Accept);
