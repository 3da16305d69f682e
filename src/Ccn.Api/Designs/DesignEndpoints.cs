using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data.Files;
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
            .WithMetadata(new RequestSizeLimitAttribute(DesignCommands.MaxUploadBytes + 64_000))
            .Refuses(ProblemCode.FileEmpty, ProblemCode.FileNotAnImage, ProblemCode.FileTypeMismatch, ProblemCode.FileTooLarge, ProblemCode.ImageFormat, ProblemCode.ImagePixels,
                ProblemCode.ImageTooSmall, ProblemCode.ImageAnimated, ProblemCode.ImageCmyk, ProblemCode.ImageUnreadable,
                ProblemCode.ModelUnreadable, ProblemCode.ModelFormat, ProblemCode.ModelExternal, ProblemCode.ModelTooComplex);
        app.MapGet("/v1/media/{designId}/{width:int}", MediaAsync).AllowAnonymous().WithTags("Designs").WithName("GetMedia").Produces<Stream>(contentType: "image/webp");
        app.MapGet("/v1/media/{designId}/{width:int}/{picture:int}", FurtherMediaAsync).AllowAnonymous().WithTags("Designs").WithName("GetFurtherMedia").Produces<Stream>(contentType: "image/webp");
        app.MapGet("/v1/moderation", HeldAsync).RequireAuthorization(Roles.Moderator).WithTags("Moderation").WithName("ListHeldDesigns");

        var designs = app.MapGroup("/v1/designs").WithTags("Designs");
        designs.MapGet("/", ListAsync).AllowAnonymous().WithName("ListDesigns").Refuses(ProblemCode.CursorInvalid);
        designs.MapGet("/suggestions", SuggestAsync).AllowAnonymous().WithName("SuggestDesigns");
        designs.MapPut("/{designId}", SubmitAsync).RequireAuthorization(Roles.Creator).WithName("SubmitDesign").AnswersOncePerAddress().Refuses(ProblemCode.TemplateUnknown, ProblemCode.FileUnknown, ProblemCode.FileTypeMismatch);
        designs.MapGet("/{designId}", GetAsync).AllowAnonymous().WithName("GetDesign");
        designs.MapGet("/{designId}/timeline", TimelineAsync).AllowAnonymous().WithName("GetTimeline");
        designs.MapGet("/{designId}/moment", MomentAsync).AllowAnonymous().WithName("GetDesignMoment");
        designs.MapGet("/{designId}/status", StatusAsync).RequireAuthorization().WithName("GetDesignStatus").Refuses(ProblemCode.ProviderUnavailable);
        designs.MapGet("/{designId}/original", OriginalAsync).RequireAuthorization().WithName("DownloadOriginal").Produces<Stream>(contentType: "application/octet-stream");
        designs.MapGet("/{designId}/model", ModelAsync).AllowAnonymous().WithName("GetModel").Produces<Stream>(contentType: ModelInspector.MediaType);
        designs.MapPost("/{designId}/contest-entry", EnterContestAsync).RequireAuthorization(Roles.Creator).WithName("EnterContest").AnswersOncePerKey().Refuses(ProblemCode.EntryRefused);
        designs.MapPost("/{designId}/bidding", OpenBiddingAsync).RequireAuthorization(Roles.Creator).WithName("OpenBidding").AnswersOncePerKey();
        designs.MapPost("/{designId}/withdrawal", WithdrawAsync).RequireAuthorization(Roles.Creator).WithName("WithdrawDesign").AnswersOncePerKey();
        designs.MapPost("/{designId}/moderation", ModerateAsync).RequireAuthorization(Roles.Moderator).WithName("ModerateDesign").AnswersOncePerKey();
    }

    /// <summary>Stores an original, a picture or a 3D model, byte for byte.</summary>
    /// <remarks>Multipart form with one field `file`: a still picture (PNG, JPEG, WebP or GIF) of at most 50 MiB, or a model (GLB, glTF 2.0 with everything inside) of at most 25 MiB. Only the header is looked at here: real type, size, frames. The answer's `fileKey` goes into the design; the same bytes again have the same key.</remarks>
    internal static async Task<Created<UploadedFile>> UploadAsync(IFormFile file, DesignCommands designs, CancellationToken cancel)
    {
        var uploaded = await designs.UploadAsync(file, cancel);
        return TypedResults.Created($"/v1/uploads/{uploaded.FileKey}", uploaded);
    }

    /// <summary>Submits a design, which starts its life cycle.</summary>
    /// <remarks>Answers the receipt once the submission is on record. The file is checked and the text screened after that; then the design is `Published`, `Held` for a moderator or `Refused`.</remarks>
    internal static async Task<Accepted<DesignReceipt>> SubmitAsync(string designId, NewDesign body, DesignCommands designs) =>
        TypedResults.Accepted($"/v1/designs/{designId}", await designs.SubmitAsync(designId, body));

    /// <summary>Designs that everybody may see, newest first.</summary>
    /// <remarks>With `mine` the reader's own in every stage; that needs a sign-in.</remarks>
    internal static async Task<Ok<Page<DesignSummary>>> ListAsync([AsParameters] DesignFilter filter, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.ListAsync(filter, cancel));

    /// <summary>What it may mean that somebody has typed so far: categories, creators and designs, the nearest first.</summary>
    /// <remarks>Finds what is misspelt or not typed to its end.</remarks>
    /// <param name="q">What was typed.</param>
    internal static async Task<Ok<IReadOnlyList<Suggestion>>> SuggestAsync(string? q, FeedQueries feed, CancellationToken cancel) => TypedResults.Ok(await feed.SuggestAsync(q, cancel));

    /// <summary>A design with its stage: whose turn it is, until when, and what happens then by itself.</summary>
    /// <remarks>Designs that are submitted, held, refused or withdrawn are seen by their creator and staff only.</remarks>
    internal static async Task<Ok<DesignDetail>> GetAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.GetAsync(designId, cancel));

    /// <summary>What happened to a design, oldest first.</summary>
    /// <remarks>Visitors see the public part, the creator, a licensed seller and staff all of it.</remarks>
    internal static async Task<Ok<IReadOnlyList<TimelineEntry>>> TimelineAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.TimelineAsync(designId, cancel));

    /// <summary>How a design stood at an instant: its stage, and its money for those whose it is.</summary>
    /// <remarks>Money is what the books said: journal entries that had taken effect by then. The creator and finance see that of all licences, a licensed seller that of their own; for others `money` is null.</remarks>
    /// <param name="at">Now when it is left out.</param>
    internal static async Task<Ok<DesignMoment>> MomentAsync(string designId, DateTimeOffset? at, DesignHistoryQueries history, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await history.AtAsync(designId, at ?? clock.GetUtcNow(), cancel));

    /// <summary>What the design's workflow waits for, live.</summary>
    internal static async Task<Ok<WorkflowStatus>> StatusAsync(string designId, DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.StatusAsync(designId, cancel));

    /// <summary>The stored original, byte for byte.</summary>
    /// <remarks>For the creator and staff.</remarks>
    /// <param name="number">Of a design of several pictures: 1, or nothing, is the first.</param>
    internal static async Task<FileStreamHttpResult> OriginalAsync(string designId, int? number, DesignQueries designs, CancellationToken cancel)
    {
        var original = await designs.OriginalAsync(designId, number ?? 1, cancel);
        return TypedResults.Stream(original.Content, "application/octet-stream", original.FileName, enableRangeProcessing: true);
    }

    /// <summary>A design's picture as WebP.</summary>
    /// <remarks>The smallest stored variant that is at least as wide as asked, else the widest. It never changes and may be cached for good.</remarks>
    /// <param name="width">In pixels.</param>
    internal static async Task<FileStreamHttpResult> MediaAsync(string designId, int width, DesignQueries designs, HttpContext http, CancellationToken cancel) =>
        Unchanging(http, await designs.MediaAsync(designId, width, picture: 1, cancel), "image/webp");

    /// <summary>A further picture of a design as WebP.</summary>
    /// <remarks>As the first one's.</remarks>
    /// <param name="width">In pixels.</param>
    /// <param name="picture">Its place: the second picture is 2.</param>
    internal static async Task<FileStreamHttpResult> FurtherMediaAsync(string designId, int width, int picture, DesignQueries designs, HttpContext http, CancellationToken cancel) =>
        Unchanging(http, await designs.MediaAsync(designId, width, picture, cancel), "image/webp");

    /// <summary>A design's 3D model as binary glTF.</summary>
    /// <remarks>It never changes and may be cached for good.</remarks>
    internal static async Task<FileStreamHttpResult> ModelAsync(string designId, DesignQueries designs, HttpContext http, CancellationToken cancel) =>
        Unchanging(http, await designs.ModelAsync(designId, cancel), ModelInspector.MediaType);

    private static FileStreamHttpResult Unchanging(HttpContext http, Stream content, string contentType)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, contentType);
    }

    /// <summary>Designs that wait for a moderator, oldest first.</summary>
    internal static async Task<Ok<IReadOnlyList<DesignSummary>>> HeldAsync(DesignQueries designs, CancellationToken cancel) => TypedResults.Ok(await designs.HeldAsync(cancel));

    /// <summary>Enters a design into a contest.</summary>
    /// <remarks>Possible while the design is published and the contest takes submissions. The contest's word is the answer.</remarks>
    internal static async Task<NoContent> EnterContestAsync(string designId, ContestEntryBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.EnterContestAsync(designId, body.ContestId, key);
        return TypedResults.NoContent();
    }

    /// <summary>Opens a design to sealed bids, without a contest.</summary>
    /// <remarks>Verified sellers may bid until the window of the design's template closes.</remarks>
    internal static async Task<NoContent> OpenBiddingAsync(string designId, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.OpenBiddingAsync(designId, key);
        return TypedResults.NoContent();
    }

    /// <summary>Takes a design back.</summary>
    /// <remarks>Possible until a bid is accepted. A running bidding round is canceled.</remarks>
    internal static async Task<NoContent> WithdrawAsync(string designId, ReasonBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.WithdrawAsync(designId, body.Reason, key);
        return TypedResults.NoContent();
    }

    /// <summary>Publishes or refuses a held design.</summary>
    internal static async Task<NoContent> ModerateAsync(string designId, ModerationBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, DesignCommands designs)
    {
        await designs.ModerateAsync(designId, body, key);
        return TypedResults.NoContent();
    }
}

public sealed record ContestEntryBody(string ContestId);
public sealed record ModerationBody(bool Publish, string Reason);

/// <summary>A stored original: its key goes into the design, its hash is the receipt of what was received.</summary>
/// <param name="Width">Of a picture, in pixels; null of a model.</param>
public sealed record UploadedFile(string FileKey, string FileName, string ContentType, long Bytes, string Sha256, int? Width, int? Height);

/// <param name="FileKey">Of an upload of the same person.</param>
/// <param name="TermsVersion">Version of the terms of service that the creator accepted; the current one is <see cref="DesignCommands.CurrentTerms"/>.</param>
/// <param name="MorePictures">Shown after the first, in this order; at most <see cref="DesignCommands.MaxMorePictures"/>.</param>
/// <param name="Model">A 3D model (GLB) that can be turned on the design's page.</param>
public sealed record NewDesign(string Title, string Description, string Category, IReadOnlyList<string>? Tags, string FileKey, string FileName, string TermsVersion, string? TemplateId,
    IReadOnlyList<NewDesignFile>? MorePictures = null, NewDesignFile? Model = null);

/// <param name="FileKey">Of an upload of the same person.</param>
public sealed record NewDesignFile(string FileKey, string FileName);
