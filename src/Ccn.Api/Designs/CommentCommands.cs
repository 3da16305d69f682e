using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Data.Lifecycle;
using Ccn.Data.Notifications;
using Ccn.Domain;
using Ccn.Workflows.Notifications;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Designs;

/// <summary>Comments are rows; no workflow hears of them but the one that delivers notices.</summary>
public sealed class CommentCommands(CcnDbContext db, ITemporalClient temporal, CurrentUser user, TimeProvider clock)
{
    public const int MaxLength = 2_000;

    private const int MaxReason = 400;

    /// <summary>Posts a comment under an id of the caller's making: the same id again changes nothing. The design's creator is told.</summary>
    public async Task PostAsync(string designId, string commentId, string? text, CancellationToken cancel)
    {
        var (author, now) = (user.Id, clock.GetUtcNow());
        Check.Id(commentId, Ids.Comment, "commentId");
        var errors = new FieldErrors();
        errors.Text(text, "text", MaxLength);
        errors.Throw();
        var design = await db.Designs.AsNoTracking().Visible().SingleOrDefaultAsync(row => row.Id == designId, cancel) ?? throw ProblemException.NotFound("design");

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var posted = await db.Database.ExecuteSqlAsync($"""
            insert into comments (id, design_id, author_id, text, posted_at) values ({commentId}, {designId}, {author}, {text!.Trim()}, {now}) on conflict (id) do nothing
            """, cancel);
        if (posted == 0) { return; }

        var told = design.CreatorId == author ? (string[])[] : [design.CreatorId];
        var due = await NoticeWriter.AddAsync(db, [.. told.Select(creator => new Notice { UserId = creator, EventId = commentId, At = now, Type = "comment.posted", Title = design.Title, Text = "Somebody commented on your design.", DesignId = designId })], cancel);
        await db.SaveChangesAsync(cancel);
        await Changes.AnnounceAsync(db, [designId, .. told], cancel);
        await transaction.CommitAsync(cancel);
        if (due) { await NoticesDue.SignalAsync(temporal); }
    }

    /// <summary>Asks a moderator to look at a comment. Once for each member; a repeat changes nothing.</summary>
    public async Task ReportAsync(string commentId, string? reason, CancellationToken cancel)
    {
        var (reporter, now) = (user.Id, clock.GetUtcNow());
        var errors = new FieldErrors();
        errors.Text(reason, "reason", MaxReason);
        errors.Throw();
        if (!await db.Comments.AnyAsync(comment => comment.Id == commentId && comment.HiddenAt == null, cancel)) { throw ProblemException.NotFound("comment"); }

        await db.Database.ExecuteSqlAsync($"""
            insert into comment_reports (comment_id, reporter_id, reason, reported_at) values ({commentId}, {reporter}, {reason!.Trim()}, {now}) on conflict do nothing
            """, cancel);
    }

    /// <summary>Hides a comment from everybody but its author, who is told why. For moderators.</summary>
    public async Task HideAsync(string commentId, string? reason, CancellationToken cancel)
    {
        user.Require(Roles.Moderator);
        var errors = new FieldErrors();
        errors.Text(reason, "reason", MaxReason);
        errors.Throw();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var comment = await db.Comments.SingleOrDefaultAsync(row => row.Id == commentId, cancel) ?? throw ProblemException.NotFound("comment");
        if (comment.HiddenAt is not null) { return; }

        var (now, title) = (clock.GetUtcNow(), await db.Designs.Where(design => design.Id == comment.DesignId).Select(design => design.Title).SingleOrDefaultAsync(cancel));
        (comment.HiddenAt, comment.HiddenReason) = (now, reason!.Trim());
        var due = await NoticeWriter.AddAsync(db, [new() { UserId = comment.AuthorId, EventId = commentId + ":hidden", At = now, Type = "comment.hidden", Title = title, Text = $"A moderator has hidden your comment: {comment.HiddenReason}", DesignId = comment.DesignId, IsImportant = true }], cancel);
        await db.SaveChangesAsync(cancel);
        await Changes.AnnounceAsync(db, [comment.DesignId, comment.AuthorId], cancel);
        await transaction.CommitAsync(cancel);
        if (due) { await NoticesDue.SignalAsync(temporal); }
    }

    /// <summary>Leaves a comment as it is: its reports are dealt with. One that comes later brings it back to the moderators. For moderators.</summary>
    public async Task KeepAsync(string commentId, CancellationToken cancel)
    {
        user.Require(Roles.Moderator);
        var now = clock.GetUtcNow();
        await db.CommentReports.Where(report => report.CommentId == commentId && report.DismissedAt == null).ExecuteUpdateAsync(set => set.SetProperty(report => report.DismissedAt, now), cancel);
    }
}
