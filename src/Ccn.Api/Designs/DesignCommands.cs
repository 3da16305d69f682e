using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Files;
using Ccn.Domain;
using Ccn.Workflows;
using Ccn.Workflows.Designs;
using Microsoft.EntityFrameworkCore;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Ccn.Api.Designs;

/// <summary>What a creator does with a design. Files are stored first; the submission is one start with the update that answers once it is on record.</summary>
public sealed class DesignCommands(ITemporalClient temporal, CcnDbContext db, FileStore files, CurrentUser user, TimeProvider clock)
{
    /// <summary>The decoder's own limit: what is taken here can be processed.</summary>
    public static readonly long MaxUploadBytes = ImageLimits.Default.MaxBytes;

    /// <summary>The terms of service in force.</summary>
    public const string CurrentTerms = "2026-11";

    public const int MaxPictures = 9;

    /// <summary>Pictures beside the first.</summary>
    public const int MaxMorePictures = MaxPictures - 1;

    private const int MaxTags = 12;

    /// <summary>Stores an original byte for byte, after its header was looked at: real type, size, frames, or what a model refers to. Nothing is decoded here.</summary>
    public async Task<UploadedFile> UploadAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length == 0) { throw new ProblemException(ProblemCode.FileEmpty, "The file is empty."); }

        if (file.Length > MaxUploadBytes) { throw new ProblemException(ProblemCode.FileTooLarge, $"A file has at most {MaxUploadBytes / (1024 * 1024)} MiB."); }

        await using var content = file.OpenReadStream();
        var (type, width, height) = await InspectAsync(content, file, cancel);
        content.Position = 0;
        var stored = await files.SaveAsync(content, type, MaxUploadBytes, cancel);
        var name = Path.GetFileName(file.FileName);
        if (!await db.Uploads.AnyAsync(upload => upload.UploaderId == user.Id && upload.FileKey == stored.ObjectKey, cancel))
        {
            db.Uploads.Add(new() { FileKey = stored.ObjectKey, UploaderId = user.Id, FileName = name, ContentType = stored.ContentType, Bytes = stored.Bytes, Sha256 = stored.Sha256, UploadedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancel);
        }

        return new(stored.ObjectKey, name, stored.ContentType, stored.Bytes, stored.Sha256, width, height);
    }

    private static async Task<(string MediaType, int? Width, int? Height)> InspectAsync(Stream content, IFormFile file, CancellationToken cancel)
    {
        var start = new byte[FileSignature.Length];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        if (FileSignature.Identify(start.AsSpan(0, read)) is FileType.Glb)
        {
            ModelInspector.Inspect(content, file.ContentType, file.FileName, ModelLimits.Default);
            return (ModelInspector.MediaType, null, null);
        }

        var header = ImageInspector.Inspect(content, file.ContentType, file.FileName, ImageLimits.Default);
        return (FileSignature.MediaTypeOf(header.Type)!, header.Width, header.Height);
    }

    /// <summary>Submits a design under an id of the caller's: the same request again gives the same receipt, another one is refused.</summary>
    public async Task<DesignReceipt> SubmitAsync(string designId, NewDesign body)
    {
        Check.Id(designId, Ids.Design, "designId");
        Validate(body);
        var template = Templates.Get(body.TemplateId);
        var picture = await UploadedAsync(new(body.FileKey, body.FileName), isModel: false);
        var more = new List<DesignFile>();
        foreach (var file in body.MorePictures ?? []) { more.Add(await UploadedAsync(file, isModel: false)); }

        var model = body.Model is null ? null : await UploadedAsync(body.Model, isModel: true);
        var hash = RequestHash.Of(user.Id, body);
        var input = new DesignLifecycleInput(designId, user.Id, body.Title.Trim(), body.Description.Trim(), body.Category.Trim(),
            [.. (body.Tags ?? []).Select(tag => tag.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)],
            picture, body.TermsVersion, template, hash, clock.GetUtcNow(), MorePictures: more.Count == 0 ? null : more, Model: model);
        var label = DesignLifecycleWorkflow.LabelFor(designId, template);
        var start = WithStartWorkflowOperation.Create((DesignLifecycleWorkflow wf) => wf.RunAsync(input),
            new(DesignLifecycleWorkflow.IdFor(designId), TaskQueues.Lifecycle) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting, IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate, StaticSummary = label.Summary, StaticDetails = label.Details });
        return await temporal.ExecuteUpdateWithStartWorkflowAsync((DesignLifecycleWorkflow wf) => wf.SubmitAsync(new(hash)), new(start) { Id = $"submit:{hash[..32]}" });
    }

    /// <summary>Enters a contest; the contest's refusal (not open, full) is the answer.</summary>
    public async Task EnterContestAsync(string designId, string contestId, string? key)
    {
        Check.Id(contestId, Ids.Contest, "contestId");
        var updateId = IdempotencyKey.For(key, user.Id);
        var decided = await (await MineAsync(designId)).ExecuteUpdateAsync(wf => wf.EnterContestAsync(new(contestId, user.Id)), new(updateId));
        if (!decided.Accepted) { throw new ProblemException(ProblemCode.EntryRefused, decided.Reason ?? "The contest did not take the entry."); }
    }

    public async Task OpenBiddingAsync(string designId, string? key)
    {
        var updateId = IdempotencyKey.For(key, user.Id);
        await (await MineAsync(designId)).ExecuteUpdateAsync(wf => wf.OpenBiddingAsync(new(user.Id)), new(updateId));
    }

    public async Task WithdrawAsync(string designId, string reason, string? key)
    {
        var updateId = IdempotencyKey.For(key, user.Id);
        await (await MineAsync(designId)).ExecuteUpdateAsync(wf => wf.WithdrawAsync(new(user.Id, reason)), new(updateId));
    }

    public Task ModerateAsync(string designId, ModerationBody body, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(body.Reason, "reason", 2_000);
        errors.Throw();
        return Design(designId).ExecuteUpdateAsync(wf => wf.ModerateAsync(new(user.Id, body.Publish, body.Reason)), new(IdempotencyKey.For(key, user.Id)));
    }

    private async Task<DesignFile> UploadedAsync(NewDesignFile file, bool isModel)
    {
        var reader = user.Id;
        var stored = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.UploaderId == reader && upload.FileKey == file.FileKey)
            ?? throw new ProblemException(ProblemCode.FileUnknown, "You have uploaded no such file. Upload it first.");
        if (stored.ContentType == ModelInspector.MediaType != isModel) { throw new ProblemException(ProblemCode.FileTypeMismatch, isModel ? $"{file.FileName} is no 3D model." : $"{file.FileName} is a 3D model, not a picture."); }

        return new(stored.FileKey, file.FileName, stored.ContentType, stored.Bytes, stored.Sha256);
    }

    private static void Validate(NewDesign body)
    {
        var errors = new FieldErrors();
        errors.Text(body.Title, "title", 120);
        errors.Text(body.Description, "description", 8_000);
        errors.Text(body.Category, "category", 60);
        errors.Text(body.FileKey, "fileKey", 200);
        errors.Text(body.FileName, "fileName", 255);
        errors.Add(body.Tags?.Count > MaxTags || body.Tags?.Any(tag => string.IsNullOrWhiteSpace(tag) || tag.Length > 40) is true, "tags", $"are at most {MaxTags}, each of 1 to 40 characters");
        errors.Add(body.MorePictures?.Count > MaxMorePictures, "morePictures", $"are at most {MaxMorePictures}");
        foreach (var file in (body.MorePictures ?? []).Concat(body.Model is null ? [] : [body.Model]))
        {
            errors.Text(file.FileKey, "fileKey", 200);
            errors.Text(file.FileName, "fileName", 255);
        }

        errors.Add(body.TermsVersion != CurrentTerms, "termsVersion", $"is the version in force, {CurrentTerms}");
        errors.Throw();
    }

    // Another person's design is not told apart from one that does not exist.
    private async Task<WorkflowHandle<DesignLifecycleWorkflow>> MineAsync(string designId)
    {
        var creator = user.Id;
        return await db.Designs.AnyAsync(design => design.Id == designId && design.CreatorId == creator) ? Design(designId) : throw ProblemException.NotFound("design");
    }

    private WorkflowHandle<DesignLifecycleWorkflow> Design(string designId) => temporal.GetWorkflowHandle<DesignLifecycleWorkflow>(DesignLifecycleWorkflow.IdFor(designId));
}
