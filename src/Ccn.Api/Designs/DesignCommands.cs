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

    private const int MaxTags = 12;

    /// <summary>Stores an original byte for byte, after its header was looked at: real type, size, frames. Nothing is decoded here.</summary>
    public async Task<UploadedFile> UploadAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length == 0) { throw new ProblemException(ProblemCode.FileEmpty, "The file is empty."); }

        if (file.Length > MaxUploadBytes) { throw new ProblemException(ProblemCode.FileTooLarge, $"A file has at most {MaxUploadBytes / (1024 * 1024)} MiB."); }

        await using var content = file.OpenReadStream();
        var header = ImageInspector.Inspect(content, file.ContentType, file.FileName, ImageLimits.Default);
        content.Position = 0;
        var stored = await files.SaveAsync(content, FileSignature.MediaTypeOf(header.Type)!, MaxUploadBytes, cancel);
        var name = Path.GetFileName(file.FileName);
        if (!await db.Uploads.AnyAsync(upload => upload.UploaderId == user.Id && upload.FileKey == stored.ObjectKey, cancel))
        {
            db.Uploads.Add(new() { FileKey = stored.ObjectKey, UploaderId = user.Id, FileName = name, ContentType = stored.ContentType, Bytes = stored.Bytes, Sha256 = stored.Sha256, UploadedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancel);
        }

        return new(stored.ObjectKey, name, stored.ContentType, stored.Bytes, stored.Sha256, header.Width, header.Height);
    }

    /// <summary>Submits a design under an id of the caller's: the same request again gives the same receipt, another one is refused.</summary>
    public async Task<DesignReceipt> SubmitAsync(string designId, NewDesign body)
    {
        Check.Id(designId, Ids.Design, "designId");
        Validate(body);
        var template = Templates.Get(body.TemplateId);
        var reader = user.Id;
        var stored = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.UploaderId == reader && upload.FileKey == body.FileKey)
            ?? throw new ProblemException(ProblemCode.FileUnknown, "You have uploaded no such file. Upload it first.");
        var hash = RequestHash.Of(user.Id, body);
        var input = new DesignLifecycleInput(designId, user.Id, body.Title.Trim(), body.Description.Trim(), body.Category.Trim(),
            [.. (body.Tags ?? []).Select(tag => tag.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)],
            new(stored.FileKey, body.FileName, stored.ContentType, stored.Bytes, stored.Sha256), body.TermsVersion, template, hash, clock.GetUtcNow());
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

    private static void Validate(NewDesign body)
    {
        var errors = new FieldErrors();
        errors.Text(body.Title, "title", 120);
        errors.Text(body.Description, "description", 8_000);
        errors.Text(body.Category, "category", 60);
        errors.Text(body.FileKey, "fileKey", 200);
        errors.Text(body.FileName, "fileName", 255);
        errors.Add(body.Tags?.Count > MaxTags || body.Tags?.Any(tag => string.IsNullOrWhiteSpace(tag) || tag.Length > 40) is true, "tags", $"are at most {MaxTags}, each of 1 to 40 characters");
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
