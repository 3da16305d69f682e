using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Data.Files;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Designs;

/// <summary>Filters of a list; all that are given must match.</summary>
/// <param name="Q">Words of the title, description or tags.</param>
/// <param name="Category">The category exactly as it is written.</param>
/// <param name="Tag">A tag that the design has.</param>
/// <param name="Stage">The stage that it is in.</param>
/// <param name="CreatorId">Only designs of this creator.</param>
/// <param name="Spotlight">Only designs in the sellers' spotlight.</param>
/// <param name="Mine">Only the reader's own, in every stage.</param>
public sealed record DesignFilter(string? Q, string? Category, string? Tag, DesignStage? Stage, string? CreatorId, bool? Spotlight, bool? Mine, int? Limit, string? Cursor);

public sealed record DesignSummary(string DesignId, string CreatorId, string Title, string Category, IReadOnlyList<string> Tags, DesignStage Stage, Party Turn, string? WaitsFor, DateTimeOffset? Until, string? Then,
    DateTimeOffset? SubmittedAt, string? DominantColor, IReadOnlyList<int> MediaWidths);

public sealed record DesignDetail(DesignSummary Design, string Description, int? Width, int? Height, string Sha256, string TermsVersion, string TemplateId, int TemplateNumber, DateTimeOffset? PublishedAt,
    DateTimeOffset? StageSince, string? RelatedId, string? Reason, DateTimeOffset? SpotlightAt, IReadOnlyList<FurtherPicture> MorePictures, DesignModel? Model, IReadOnlyList<FileReceipt> Files);

/// <summary>A picture after the first.</summary>
/// <param name="Number">Its place, from 2.</param>
/// <param name="Widths">Of the sizes there are, in pixels.</param>
public sealed record FurtherPicture(int Number, IReadOnlyList<int> Widths, string DominantColor);

/// <summary>A 3D model that can be turned.</summary>
public sealed record DesignModel(long Bytes, string Sha256);

/// <summary>What was received of one original. For its creator and staff; others see none.</summary>
public sealed record FileReceipt(string FileName, string ContentType, long Bytes, string Sha256);

/// <summary>A stage as it was entered: what the design waited for then, whose turn it was, until when, and what was to happen by itself.</summary>
public sealed record StagePassage(DesignStage Stage, DateTimeOffset At, Party Turn, string? WaitsFor, DateTimeOffset? Until, string? Then);

/// <summary>One step of the design's history in plain words.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string Type, string Summary, string? ActorId);

/// <param name="Rank">1 is the winner.</param>
/// <param name="Reason">The figures that gave the rank, in words.</param>
public sealed record ContestResult(string ContestId, string Title, int? Rank, int? Ballots, string? Reason);

public sealed record OriginalFile(Stream Content, string FileName);

public sealed class DesignQueries(CcnDbContext db, FileStore files, ITemporalClient temporal, CurrentUser user)
{
    public async Task<Page<DesignSummary>> ListAsync(DesignFilter filter, CancellationToken cancel)
    {
        var limit = Cursor.Limit(filter.Limit);

        var rows = filter.Mine is true ? db.Designs.AsNoTracking().Where(design => design.SubmittedAt != null && design.CreatorId == user.Id) : db.Designs.AsNoTracking().Visible();
        rows = Filtered(rows, filter);
        if (Cursor.Parse(filter.Cursor) is { } after)
        {
            rows = rows.Where(design => design.SubmittedAt < after.At || (design.SubmittedAt == after.At && string.Compare(design.Id, after.Id) < 0));
        }

        var page = await rows.OrderByDescending(design => design.SubmittedAt).ThenByDescending(design => design.Id).Take(limit + 1).ToListAsync(cancel);
        return Page.Of([.. page.Select(Summary)], limit, design => new(design.SubmittedAt ?? default, design.DesignId));
    }

    /// <summary>Those of the designs that the reader may see or is the licensed seller of, by id: titles and pictures beside what is listed elsewhere.</summary>
    public async Task<IReadOnlyDictionary<string, DesignSummary>> ByIdAsync(IEnumerable<string> designIds, CancellationToken cancel)
    {
        var (ids, reader) = (designIds.Distinct(StringComparer.Ordinal).ToList(), user.IsSignedIn ? user.Id : "");
        var rows = await db.Designs.AsNoTracking().Where(design => ids.Contains(design.Id) && design.SubmittedAt != null
            && (!DesignSearch.Hidden.Contains(design.Stage) || design.CreatorId == reader || db.Licences.Any(licence => licence.DesignId == design.Id && licence.SellerId == reader))).ToListAsync(cancel);
        return rows.ToDictionary(design => design.Id, Summary, StringComparer.Ordinal);
    }

    /// <summary>How a design did in the contest that was decided last; null when it was in none.</summary>
    public async Task<ContestResult?> ContestResultAsync(string designId, CancellationToken cancel)
    {
        await VisibleAsync(designId, cancel);
        return await db.ContestEntries.AsNoTracking().Where(entry => entry.DesignId == designId)
            .Join(db.Contests.Where(contest => contest.DecidedAt != null), entry => entry.ContestId, contest => contest.Id, (entry, contest) => new { entry, contest })
            .OrderByDescending(pair => pair.contest.DecidedAt)
            .Select(pair => new ContestResult(pair.contest.Id, pair.contest.Title, pair.entry.Rank, pair.entry.Ballots, pair.entry.Reason)).FirstOrDefaultAsync(cancel);
    }

    public async Task<DesignDetail> GetAsync(string designId, CancellationToken cancel)
    {
        var design = await VisibleAsync(designId, cancel);
        return new(Summary(design), design.Description, design.Width, design.Height, design.Sha256, design.TermsVersion, design.TemplateId, design.TemplateNumber, design.PublishedAt,
            design.StageSince, design.RelatedId, design.HiddenReason ?? design.EndReason, design.SpotlightAt,
            [.. design.MorePictures.Select((picture, place) => new FurtherPicture(place + 2, [.. picture.Variants.Select(variant => variant.Width)], picture.DominantColor))],
            design.Model is { } model ? new(model.Bytes, model.Sha256) : null, IsParty(design) ? Receipts(design) : []);
    }

    /// <summary>What happened, oldest first. Visitors see the public part; the parties and staff all of it.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string designId, CancellationToken cancel)
    {
        var design = await VisibleAsync(designId, cancel);
        var all = user.IsSignedIn && (IsParty(design) || await db.Licences.AnyAsync(licence => licence.DesignId == designId && licence.SellerId == user.Id, cancel));
        return await db.Timeline.AsNoTracking().Where(entry => entry.DesignId == designId && (all || entry.IsPublic))
            .OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Sequence)
            .Select(entry => new TimelineEntry(entry.OccurredAt, entry.Type, entry.Summary, all ? entry.ActorId : null)).ToListAsync(cancel);
    }

    /// <summary>Every stage that the design has been in, oldest first. Read from the archive, since no projection keeps the past.</summary>
    public async Task<IReadOnlyList<StagePassage>> StagesAsync(string designId, CancellationToken cancel)
    {
        await VisibleAsync(designId, cancel);
        var entered = "design.stage_entered";
        var rows = await db.BusinessEvents.AsNoTracking().Where(e => e.DesignId == designId && e.Type == entered).OrderBy(e => e.OccurredAt).ThenBy(e => e.Sequence).Select(e => new { e.OccurredAt, e.Data }).ToListAsync(cancel);
        return [.. rows.Select(row => (row.OccurredAt, Stage: (StageEntered)row.Data)).Select(row => new StagePassage(row.Stage.Stage, row.OccurredAt, row.Stage.Turn, row.Stage.WaitsFor, row.Stage.Until, row.Stage.Then))];
    }

    /// <summary>Live, from the workflow itself.</summary>
    public async Task<WorkflowStatus> StatusAsync(string designId, CancellationToken cancel)
    {
        await VisibleAsync(designId, cancel);
        return await temporal.GetWorkflowHandle<DesignLifecycleWorkflow>(DesignLifecycleWorkflow.IdFor(designId)).QueryAsync(wf => wf.Status, new() { Rpc = new() { CancellationToken = cancel } });
    }

    /// <summary>The stored original, byte for byte: for its creator and staff.</summary>
    /// <param name="number">1 is the first picture.</param>
    public async Task<OriginalFile> OriginalAsync(string designId, int number, CancellationToken cancel)
    {
        var design = await VisibleAsync(designId, cancel);
        if (!IsParty(design)) { throw ProblemException.NotFound("design"); }
        if (number == 1) { return new(files.OpenRead(design.FileKey), design.FileName); }

        return number >= 2 && number - 2 < design.MoreFiles.Count ? new(files.OpenRead(design.MoreFiles[number - 2].FileKey), design.MoreFiles[number - 2].FileName) : throw ProblemException.NotFound("original");
    }

    public async Task<Stream> ModelAsync(string designId, CancellationToken cancel) =>
        (await VisibleAsync(designId, cancel)).Model is { } model ? files.OpenRead(model.FileKey) : throw ProblemException.NotFound("model");

    /// <summary>The smallest stored variant that is at least as wide, else the widest.</summary>
    /// <param name="picture">1 is the first.</param>
    public async Task<Stream> MediaAsync(string designId, int width, int picture, CancellationToken cancel)
    {
        var design = await VisibleAsync(designId, cancel);
        var variants = picture == 1 ? design.Variants : design.MorePictures.ElementAtOrDefault(picture - 2)?.Variants ?? [];
        var variant = variants.OrderBy(candidate => candidate.Width).FirstOrDefault(candidate => candidate.Width >= width) ?? variants.MaxBy(candidate => candidate.Width);
        return variant is null ? throw ProblemException.NotFound("image") : files.OpenRead(variant.FileKey);
    }

    /// <summary>The moderation queue, oldest first.</summary>
    public async Task<IReadOnlyList<DesignSummary>> HeldAsync(CancellationToken cancel) =>
        [.. (await db.Designs.AsNoTracking().Where(design => design.Stage == DesignStage.Held).OrderBy(design => design.StageSince).ToListAsync(cancel)).Select(Summary)];

    internal static DesignSummary Summary(DesignView design) => new(design.Id, design.CreatorId, design.Title, design.Category, design.Tags, design.Stage, design.Turn, design.WaitsFor, design.Until, design.Then,
        design.SubmittedAt, design.DominantColor, [.. design.Variants.Select(variant => variant.Width)]);

    /// <summary>What matches all that is given.</summary>
    internal static IQueryable<DesignView> Filtered(IQueryable<DesignView> rows, DesignFilter filter)
    {
        if (!string.IsNullOrWhiteSpace(filter.Q)) { rows = rows.Matching(filter.Q); }

        if (filter.Category is { } category) { rows = rows.Where(design => design.Category == category); }

        if (filter.Tag is { } tag) { rows = rows.Where(design => design.Tags.Contains(tag)); }

        if (filter.Stage is { } stage) { rows = rows.Where(design => design.Stage == stage); }

        if (filter.CreatorId is { } creator) { rows = rows.Where(design => design.CreatorId == creator); }

        return filter.Spotlight is true ? rows.Where(design => design.SpotlightAt != null) : rows;
    }

    private static IReadOnlyList<FileReceipt> Receipts(DesignView design) =>
    [
        new(design.FileName, design.ContentType, design.Bytes, design.Sha256),
        .. design.MoreFiles.Concat(design.Model is { } model ? [model] : []).Select(file => new FileReceipt(file.FileName, file.ContentType, file.Bytes, file.Sha256)),
    ];

    private bool IsParty(DesignView design) => user.IsSignedIn && (user.Id == design.CreatorId || user.IsStaff);

    private async Task<DesignView> VisibleAsync(string designId, CancellationToken cancel)
    {
        var design = await db.Designs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == designId, cancel);
        return design is { SubmittedAt: not null } && (!DesignSearch.Hidden.Contains(design.Stage) || IsParty(design)) ? design : throw ProblemException.NotFound("design");
    }
}
