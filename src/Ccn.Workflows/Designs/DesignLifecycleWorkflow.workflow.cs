using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Designs;

/// <summary>The whole life of one design, by the numbered template it was started with: submission, contest, bids, licence, production, sales. Each stage with a life of its own is a child workflow.</summary>
[Workflow("DesignLifecycle")]
public sealed partial class DesignLifecycleWorkflow
{
    private readonly DesignLifecycleInput input;
    private readonly WorkflowProgress progress;
    private DesignStage stage;
    private bool onRecord;
    private int rounds;
    private ModerateDesign? moderation;
    private WithdrawDesign? withdrawal;
    private bool openBidding;
    private bool bidAccepted;
    private bool ended;

    [WorkflowInit]
    public DesignLifecycleWorkflow(DesignLifecycleInput input)
    {
        this.input = input;
        rounds = input.Rounds;
        onRecord = IsContinued;
        stage = IsContinued ? DesignStage.Published : DesignStage.Submitted;
        progress = new(input.DesignId, "DesignLifecycle", stage.ToString(), IsContinued ? FormattableString.Invariant($"/{input.Run}") : "");
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private LifecycleTemplate Template => input.Template;
    private bool IsContinued => input.Run > 1;

    public static string IdFor(string designId) => $"design/{designId}";

    public static WorkflowLabel LabelFor(string designId, LifecycleTemplate template) =>
        new("Life of a design", FormattableString.Invariant($"Design `{designId}`, life cycle *{template.Name}*, number {template.Number}."));

    [WorkflowRun]
    public async Task<DesignStage> RunAsync(DesignLifecycleInput input)
    {
        try
        {
            if (!IsContinued && !await PublishAsync()) { return stage; }

            var listed = await FindSellerAsync();
            return listed is null ? await WithdrawnAsync() : await MakeAndSellAsync(listed);
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            if (contestId is { } contest) { await LeaveContestAsync(contest); }

            await EndAsync(DesignStage.Ended, "canceled", new LifecycleEnded(stage, "The life cycle was canceled by an operator."));
            throw;
        }
    }

    /// <summary>From the upload to the public page. False when it ends before.</summary>
    private async Task<bool> PublishAsync()
    {
        await RecordSubmissionAsync();
        var pictures = await ProcessPicturesAsync();
        if (pictures.Ready is not { } ready)
        {
            await EndAsync(DesignStage.Refused, "refused", new DesignRefused(pictures.RefusalCode ?? "file.invalid", pictures.RefusalReason ?? "The file cannot be used."));
            return false;
        }

        await progress.RecordAsync("media-ready", null, ready);
        var screening = await ScreenAsync(ready.PerceptualHash, pictures.MoreHashes);
        if (screening.Hold && !await ModeratorPublishesAsync(screening.Reason ?? "held for review")) { return false; }

        await progress.RecordAsync("published", moderation?.ModeratorId, new DesignPublished());
        return true;
    }

    private async Task RecordSubmissionAsync()
    {
        await progress.RecordAsync("submitted", input.CreatorId, new DesignSubmitted(input.CreatorId, input.Title, input.Description, input.Category, input.Tags,
            input.File.FileKey, input.File.FileName, input.File.ContentType, input.File.Bytes, input.File.Sha256, input.TermsVersion, Template.TemplateId, Template.Number,
            input.MorePictures is null ? null : [.. input.MorePictures.Select(Submitted)], input.Model is null ? null : Submitted(input.Model)));
        onRecord = true;
        await EnterAsync(DesignStage.Submitted, "the checks of the file and the text", Party.None);
    }

    private static SubmittedFile Submitted(DesignFile file) => new(file.FileKey, file.FileName, file.ContentType, file.Bytes, file.Sha256);

    /// <summary>Reads every picture in its order, and stops at the first that cannot be used.</summary>
    private async Task<Pictures> ProcessPicturesAsync()
    {
        var first = await ProcessMediaAsync("process-media", input.File);
        if (first.Media is not { } ready) { return new(null, null, first.RefusalCode, first.RefusalReason); }
        if (input.MorePictures is not { Count: > 0 } others) { return new(ready, null); }

        var (more, hashes) = (new List<DesignPicture>(), new List<string>());
        foreach (var picture in others)
        {
            var next = await ProcessMediaAsync(FormattableString.Invariant($"process-media-{more.Count + 2}"), picture);
            if (next.Media is not { } processed) { return new(null, null, next.RefusalCode, $"{picture.FileName}: {next.RefusalReason}"); }

            more.Add(new(processed.Width, processed.Height, processed.Variants, processed.DominantColor));
            hashes.Add(processed.PerceptualHash);
        }

        return new(ready with { More = more }, hashes);
    }

    private Task<MediaResult> ProcessMediaAsync(string step, DesignFile file) => progress.RequireAsync(step, () => Workflow.ExecuteActivityAsync(
        (IDesignActivities a) => a.ProcessMediaAsync(new(input.DesignId, file)), ActivityPolicies.Media.Titled("Read the file and make its variants")));

    private Task<ScreeningResult> ScreenAsync(string perceptualHash, IReadOnlyList<string>? moreHashes) => progress.RequireAsync("screen", () => Workflow.ExecuteActivityAsync(
        (IDesignActivities a) => a.ScreenAsync(new(input.DesignId, input.CreatorId, input.Title, input.Description, input.Tags, perceptualHash, moreHashes)), ActivityPolicies.Data.Titled("Banned words and near copies")));

    private async Task<bool> ModeratorPublishesAsync(string reason)
    {
        await progress.RecordAsync("held", null, new DesignHeld(reason));
        await EnterAsync(DesignStage.Held, $"a moderator's decision: {reason}", Party.Moderator);
        await Workflow.WaitConditionAsync(() => moderation is not null || withdrawal is not null);
        if (moderation is { Publish: true }) { return true; }

        if (withdrawal is not null) { await WithdrawnAsync(); }
        else { await EndAsync(DesignStage.Refused, "refused", new DesignRefused("moderation", moderation!.Reason), moderation.ModeratorId); }

        return false;
    }

    /// <summary>Contests and bidding rounds, until a licence is in force. Null when the creator withdraws the design.</summary>
    private async Task<SignedLicence?> FindSellerAsync()
    {
        while (true)
        {
            if (withdrawal is not null || (!openBidding && !await CreatorChoosesAsync())) { return null; }

            if (contestId is not null && !await ContestIsWonAsync()) { continue; }

            if (await BidRoundAsync() is { } signed) { return signed; }
        }
    }

    /// <summary>The published design waits for its creator: contest, bids, or withdrawal (then false).</summary>
    private async Task<bool> CreatorChoosesAsync()
    {
        var waiting = stage is DesignStage.NotSelected ? DesignStage.NotSelected : DesignStage.Published;
        await EnterAsync(waiting, "the creator: enter a contest or open it to bids", Party.Creator);
        await Workflow.WaitConditionAsync(() => openBidding || contestId is not null || withdrawal is not null || (Workflow.ContinueAsNewSuggested && !entering && Workflow.AllHandlersFinished));
        if (openBidding || contestId is not null || withdrawal is not null) { return withdrawal is null; }

        var next = input with { Rounds = rounds, Run = input.Run + 1 };
        throw Workflow.CreateContinueAsNewException((DesignLifecycleWorkflow wf) => wf.RunAsync(next));
    }

    private async Task<DesignStage> WithdrawnAsync()
    {
        await EndAsync(DesignStage.Withdrawn, "withdrawn", new DesignWithdrawn(withdrawal!.Reason), withdrawal.CreatorId);
        return stage;
    }

    private Task EnterAsync(DesignStage next, string? waitsFor, Party turn, DateTimeOffset? until = null, string? then = null, string? relatedId = null)
    {
        stage = next;
        return progress.EnterStageAsync(next, next.ToString(), waitsFor, turn, until, then, relatedId);
    }

    private async Task EndAsync(DesignStage last, string step, EventData fact, string? actorId = null)
    {
        onRecord = true;
        await progress.RecordAsync(step, actorId, fact);
        await EnterAsync(last, null, Party.None);
        if (fact is not LifecycleEnded) { await progress.RecordAsync("ended", null, new LifecycleEnded(last, last.ToString())); }
        ended = true;
        await WorkflowTime.HandlersFinishedAsync();
    }

    private sealed record Pictures(DesignMediaReady? Ready, IReadOnlyList<string>? MoreHashes, string? RefusalCode = null, string? RefusalReason = null);
}
