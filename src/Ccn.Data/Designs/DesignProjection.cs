using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;

namespace Ccn.Data.Designs;

/// <summary>Designs: what was submitted, the media, whether visitors see it, and where the life cycle stands.</summary>
internal static class DesignProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        if (e.DesignId is null
            || e.Data is not (DesignSubmitted or DesignMediaReady or DesignPublished or DesignHeld or DesignRefused or DesignWithdrawn or StageEntered or LifecycleEnded or SpotlightOpened))
        {
            return;
        }

        var design = await db.Designs.RowAsync(() => new() { Id = e.DesignId }, cancel, e.DesignId);
        switch (e.Data)
        {
            case DesignSubmitted submitted: Submit(design, submitted, e); break;
            case DesignMediaReady media: SetMedia(design, media, e); break;
            case DesignPublished: Show(design, e, e.OccurredAt, hiddenReason: null); break;
            case DesignHeld held: Show(design, e, publishedAt: null, held.Reason); break;
            case DesignRefused refused: Show(design, e, publishedAt: null, refused.Reason); break;
            case DesignWithdrawn withdrawn: Show(design, e, publishedAt: null, withdrawn.Reason); break;
            case StageEntered stage: Enter(design, stage, e); break;
            case LifecycleEnded ended:
                (design.EndedAt, design.EndReason) = (e.OccurredAt, ended.Reason);
                Enter(design, new(ended.Stage, Party.None, WaitsFor: null, Until: null, Then: null, RelatedId: null), e);
                break;
            case SpotlightOpened spotlight when design.SpotlightAt is null || e.OccurredAt > design.SpotlightAt:
                (design.SpotlightAt, design.SpotlightContestId) = (e.OccurredAt, spotlight.ContestId);
                break;
        }
    }

    private static void Submit(DesignView design, DesignSubmitted submitted, StoredEvent e)
    {
        design.SubmittedAt = e.OccurredAt;
        design.CreatorId = submitted.CreatorId;
        (design.Title, design.Description, design.Category, design.Tags) = (submitted.Title, submitted.Description, submitted.Category, [.. submitted.Tags]);
        (design.FileKey, design.FileName, design.ContentType, design.Bytes, design.Sha256) =
            (submitted.FileKey, submitted.FileName, submitted.ContentType, submitted.Bytes, submitted.Sha256);
        (design.MoreFiles, design.Model) = (submitted.MorePictures ?? [], submitted.Model);
        (design.TermsVersion, design.TemplateId, design.TemplateNumber) = (submitted.TermsVersion, submitted.TemplateId, submitted.TemplateNumber);
    }

    private static void SetMedia(DesignView design, DesignMediaReady media, StoredEvent e)
    {
        if (!e.Stamp.Follows(design.MediaStamp)) { return; }

        design.MediaStamp = e.Stamp;
        (design.Width, design.Height, design.Variants) = (media.Width, media.Height, media.Variants);
        design.MorePictures = media.More ?? [];
        (design.PerceptualHash, design.DominantColor) = (media.PerceptualHash, media.DominantColor);
    }

    private static void Show(DesignView design, StoredEvent e, DateTimeOffset? publishedAt, string? hiddenReason)
    {
        if (!e.Stamp.Follows(design.VisibilityStamp)) { return; }

        (design.VisibilityStamp, design.PublishedAt, design.HiddenReason) = (e.Stamp, publishedAt, hiddenReason);
    }

    private static void Enter(DesignView design, StageEntered stage, StoredEvent e)
    {
        if (!e.Stamp.Follows(design.StageStamp)) { return; }

        (design.StageStamp, design.Stage, design.StageSince, design.Turn) = (e.Stamp, stage.Stage, e.OccurredAt, stage.Turn);
        (design.WaitsFor, design.Until, design.Then, design.RelatedId) = (stage.WaitsFor, stage.Until, stage.Then, stage.RelatedId);
    }
}
