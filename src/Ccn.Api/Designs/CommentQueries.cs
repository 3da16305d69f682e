using Ccn.Api.Accounts;
using Ccn.Data;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Designs;

/// <param name="Hidden">Why a moderator has hidden it; its author alone still sees it, with the reason.</param>
/// <param name="Reported">Whether the reader has reported it.</param>
public sealed record CommentView(string CommentId, PersonName Author, string Text, DateTimeOffset PostedAt, bool Mine, string? Hidden, bool Reported);

/// <summary>A comment that members have reported and no moderator has looked at since.</summary>
/// <param name="Reports">By how many members.</param>
public sealed record ReportedComment(string CommentId, string DesignId, string DesignTitle, PersonName Author, string Text, DateTimeOffset PostedAt, int Reports, string LastReason);

public sealed class CommentQueries(CcnDbContext db, AccountQueries accounts, CurrentUser user)
{
    private const int Shown = 200;

    /// <summary>Comments on a design that the reader may see, oldest first.</summary>
    public async Task<IReadOnlyList<CommentView>> OfAsync(string designId, CancellationToken cancel)
    {
        var reader = user.IsSignedIn ? user.Id : null;
        var rows = await db.Comments.AsNoTracking().Where(comment => comment.DesignId == designId && (comment.HiddenAt == null || comment.AuthorId == reader))
            .OrderByDescending(comment => comment.PostedAt).ThenByDescending(comment => comment.Id).Take(Shown)
            .Select(comment => new { Comment = comment, Reported = db.CommentReports.Any(report => report.CommentId == comment.Id && report.ReporterId == reader) }).ToListAsync(cancel);
        var names = await accounts.NamesAsync(rows.Select(row => row.Comment.AuthorId), cancel);
        rows.Reverse();
        return [.. rows.Select(row => new CommentView(row.Comment.Id, names.GetValueOrDefault(row.Comment.AuthorId, PersonName.Unknown), row.Comment.Text, row.Comment.PostedAt, row.Comment.AuthorId == reader, row.Comment.HiddenReason, row.Reported))];
    }

    /// <summary>Reported comments that are still shown, the most reported first. For moderators.</summary>
    public async Task<IReadOnlyList<ReportedComment>> ReportedAsync(CancellationToken cancel)
    {
        user.Require(Roles.Moderator);
        var rows = await db.Comments.AsNoTracking().Where(comment => comment.HiddenAt == null)
            .Select(comment => new
            {
                Comment = comment,
                Title = db.Designs.Where(design => design.Id == comment.DesignId).Select(design => design.Title).FirstOrDefault(),
                Reports = db.CommentReports.Count(report => report.CommentId == comment.Id && report.DismissedAt == null),
                Reason = db.CommentReports.Where(report => report.CommentId == comment.Id && report.DismissedAt == null).OrderByDescending(report => report.ReportedAt).Select(report => report.Reason).FirstOrDefault(),
            })
            .Where(row => row.Reports > 0).OrderByDescending(row => row.Reports).ThenBy(row => row.Comment.PostedAt).Take(Shown).ToListAsync(cancel);
        var names = await accounts.NamesAsync(rows.Select(row => row.Comment.AuthorId), cancel);
        return [.. rows.Select(row => new ReportedComment(row.Comment.Id, row.Comment.DesignId, row.Title ?? "", names.GetValueOrDefault(row.Comment.AuthorId, PersonName.Unknown), row.Comment.Text, row.Comment.PostedAt, row.Reports, row.Reason ?? ""))];
    }
}
