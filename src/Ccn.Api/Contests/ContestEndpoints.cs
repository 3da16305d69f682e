using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Contests;

internal static class ContestEndpoints
{
    public static void MapContests(this IEndpointRouteBuilder app)
    {
        var contests = app.MapGroup("/v1/contests").WithTags("Contests");
        contests.MapGet("/", ListAsync).AllowAnonymous().WithName("ListContests");
        contests.MapGet("/{contestId}", GetAsync).AllowAnonymous().WithName("GetContest");
        contests.MapGet("/{contestId}/ballots", RecountAsync).AllowAnonymous().WithName("RecountContest").Refuses(ProblemCode.NotDecided);
        contests.MapPut("/{contestId}", OpenAsync).RequireAuthorization(Roles.Admin).WithName("OpenContest").AnswersOncePerAddress().Refuses(ProblemCode.TemplateUnknown);
        contests.MapPost("/{contestId}/cancellation", CancelAsync).RequireAuthorization(Roles.Admin).WithName("CancelContest").AnswersOncePerKey();
        contests.MapPut("/{contestId}/entries/{designId}/ballot", CastAsync).RequireAuthorization().WithName("CastBallot").Refuses(ProblemCode.BallotScore, ProblemCode.BallotAlreadyCast, ProblemCode.BallotClosed, ProblemCode.BallotOwnDesign);
    }

    /// <summary>Contests, newest first.</summary>
    internal static async Task<Ok<IReadOnlyList<ContestSummary>>> ListAsync(ContestQueries contests, CancellationToken cancel) => TypedResults.Ok(await contests.ListAsync(cancel));

    /// <summary>A contest with its entries.</summary>
    /// <remarks>Ranks, scores and counts are null until it is decided, and the entries come in another order for each reader and day.</remarks>
    internal static async Task<Ok<ContestDetail>> GetAsync(string contestId, ContestQueries contests, CancellationToken cancel) => TypedResults.Ok(await contests.GetAsync(contestId, cancel));

    /// <summary>The frozen ballots of a decided contest, to count again.</summary>
    internal static async Task<Ok<Recount>> RecountAsync(string contestId, ContestQueries contests, CancellationToken cancel) => TypedResults.Ok(await contests.RecountAsync(contestId, cancel));

    /// <summary>Opens a contest.</summary>
    /// <remarks>It runs by its timers: submissions, critique, voting, a hold for fraud checks, decision. The winner goes to bids by itself.</remarks>
    internal static async Task<Accepted> OpenAsync(string contestId, OpenContest body, ContestCommands contests)
    {
        await contests.OpenAsync(contestId, body);
        return TypedResults.Accepted($"/v1/contests/{contestId}");
    }

    /// <summary>Calls a contest off.</summary>
    /// <remarks>Its entries are free again.</remarks>
    internal static async Task<NoContent> CancelAsync(string contestId, ReasonBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ContestCommands contests)
    {
        await contests.CancelAsync(contestId, body.Reason, key);
        return TypedResults.NoContent();
    }

    /// <summary>Gives an entry a score, or changes it.</summary>
    /// <remarks>One ballot for each member and entry, while voting is open.</remarks>
    internal static async Task<Ok<BallotReceipt>> CastAsync(string contestId, string designId, BallotBody body, ContestCommands contests, CancellationToken cancel) =>
        TypedResults.Ok(await contests.CastAsync(contestId, designId, body.Score, cancel));
}

/// <summary>A challenge as an admin opens it.</summary>
/// <param name="TemplateId">Life-cycle template whose contest rules apply; the open challenge when left out.</param>
/// <param name="OpensAt">Now when left out.</param>
/// <param name="Zone">IANA zone whose days its phases count, and in which its deadlines are worded; UTC when left out.</param>
public sealed record OpenContest(string Title, string Brief, string Category, string? TemplateId, DateTimeOffset? OpensAt, string? Zone = null);

/// <param name="Score">1 to 5.</param>
public sealed record BallotBody(int Score);

/// <param name="Changed">Whether it replaced an earlier ballot of the same member.</param>
public sealed record BallotReceipt(string ContestId, string DesignId, int Score, DateTimeOffset CastAt, bool Changed);
