using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Designs;

internal static class DesignEndpoints
{
    public static void MapDesigns(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/uploads", UploadAsync).RequireAuthorization(Roles.Creator).DisableAntiforgery().WithTags("Designs").WithName("UploadFile")
            .WithMetadata(new RequestSizeLimitAttribute(DesignCommands.MaxUploadBytes + 64_000));
        app.MapGet("/v1/media/{designId}/{width:int}", MediaAsync).AllowAnonymous().WithTags("Designs").WithName("GetMedia");
        app.MapGet("/v1/moderation", HeldAsync).RequireAuthorization(Roles.Moderator).WithTags("Moderation").WithName("ListHeldDesigns");

        var designs = app.MapGroup("/v1/designs").WithTags("Designs");
        designs.MapGet("/", ListAsync).AllowAnonymous().WithName("ListDesigns");
        designs.MapPut("/{designId}", SubmitAsync).RequireAuthorization(Roles.Creator).WithName("SubmitDesign").AnswersOncePerAddress();
        designs.MapGet("/{designId}", GetAsync).AllowAnonymous().WithName("GetDesign");
        designs.MapGet("/{designId}/timeline", TimelineAsync).AllowAnonymous().WithName("GetTimeline");
        designs.MapGet("/{designId}/status", StatusAsync).RequireAuthorization().WithName("GetDesignStatus");
        designs.MapGet("/{designId}/original", OriginalAsync).RequireAuthorization().WithName("DownloadOriginal");
        designs.MapPost("/{designId}/contest-entry", EnterContestAsync).RequireAuthorization(Roles.Creator).WithName("EnterContest").AnswersOncePerKey();
        designs.MapPost("/{designId}/bidding", OpenBiddingAsync).RequireAuthorization(Roles.Creator).WithName("OpenBidding").AnswersOncePerKey();
        designs.MapPost("/{designId}/withdrawal", WithdrawAsync).RequireAuthorization(Roles.Creator).WithName("WithdrawDesign").AnswersOncePerKey();
        designs.MapPost("/{designId}/moderation", ModerateAsync).RequireAuthorization(Roles.Moderator).WithName("ModerateDesign").AnswersOncePerKey();
    }

    private static async Task<Created<UploadedFile>> UploadAsync(IFormFile file, DesignCommands designs, CancellationToken cancel)
    {
        var uploaded = await designs.UploadAsync(file, cancel);
        return TypedResults.Created($"/v1/uploads/{uploaded.FileKey}", uploaded);
    }

    private static async Task<Accepted<DesignReceipt>> SubmitAsync(string designId, NewDesign body, DesignCommands designs) =>
        TypedResults.Accepted($"/v1/designs/{designId}", await designs.SubmitAsync(designId, body));

    private static async Task<Ok<Page<DesignSummary>>> ListAsync([AsParameters] DesignFilter filter, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.ListAsync(filter, cancel));

    private static async Task<Ok<DesignDetail>> GetAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.GetAsync(designId, cancel));

    private static async Task<Ok<IReadOnlyList<TimelineEntry>>> TimelineAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.TimelineAsync(designId, cancel));

    private static async Task<Ok<WorkflowStatus>> StatusAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.StatusAsync(designId, cancel));

    private static async Task<FileStreamHttpResult> OriginalAsync(string designId, DesignQueries designs, CancellationToken cancel)
    {
        var original = await designs.OriginalAsync(designId, cancel);
        return TypedResults.Stream(original.Content, "application/octet-stream", original.FileName, enableRangeProcessing: true);
    }

    private static async Task<FileStreamHttpResult> MediaAsync(string designId, int width, DesignQueries designs, HttpContext http, CancellationToken cancel)
    {
        var content = await designs.MediaAsync(designId, width, cancel);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, "image/webp");
    }

    private static async Task<Ok<IReadOnlyList<DesignSummary>>> HeldAsync(DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.HeldAsync(cancel));

    private static async Task<NoContent> EnterContestAsync(string designId, ContestEntryBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.EnterContestAsync(designId, body.ContestId, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> OpenBiddingAsync(string designId, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.OpenBiddingAsync(designId, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WithdrawAsync(string designId, ReasonBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.WithdrawAsync(designId, body.Reason, key);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ModerateAsync(string designId, ModerationBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.ModerateAsync(designId, body, key);
        return TypedResults.NoContent();
    }
}

public sealed record ContestEntryBody(string ContestId);
public sealed record ModerationBody(bool Publish, string Reason);

/// <summary>A stored original: its key goes into the design, its hash is the receipt of what was received.</summary>
public sealed record UploadedFile(string FileKey, string FileName, string ContentType, long Bytes, string Sha256, int Width, int Height);

/// <param name="FileKey">Of an upload of the same person.</param>
/// <param name="TermsVersion">Version of the terms of service that the creator accepted; the current one is <see cref="DesignCommands.CurrentTerms"/>.</param>
public sealed record NewDesign(string Title, string Description, string Category, IReadOnlyList<string>? Tags, string FileKey, string FileName, string TermsVersion, string? TemplateId);
