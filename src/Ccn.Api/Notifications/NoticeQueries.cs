using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Data;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Notifications;

/// <param name="Title">The design's title; null when it is about no design.</param>
public sealed record NoticeView(string EventId, DateTimeOffset At, string Type, string? Title, string Text, string? DesignId, bool IsRead);

/// <summary>The reader's own notices.</summary>
public sealed class NoticeQueries(CcnDbContext db, IDbContextFactory<CcnDbContext> contexts, CurrentUser user)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<NoticeView>> ListAsync(bool unreadOnly, string? cursor, CancellationToken cancel)
    {
        const int limit = 40;
        var reader = user.Id;
        var after = Cursor.Parse(cursor);
        var rows = await db.Notices.AsNoTracking().Where(notice => notice.UserId == reader && (!unreadOnly || notice.ReadAt == null)
                && (after == null || notice.At < after.Value.At || (notice.At == after.Value.At && string.Compare(notice.EventId, after.Value.Id) < 0)))
            .OrderByDescending(notice => notice.At).ThenByDescending(notice => notice.EventId).Take(limit + 1)
            .Select(notice => new NoticeView(notice.EventId, notice.At, notice.Type, notice.Title, notice.Text, notice.DesignId, notice.ReadAt != null)).ToListAsync(cancel);
        return Page.Of(rows, limit, notice => new(notice.At, notice.EventId));
    }

    /// <summary>How many are new. In a context of its own: the header of a page asks while the page itself reads.</summary>
    public async Task<int> UnreadAsync(CancellationToken cancel)
    {
        var reader = user.Id;
        await using var own = await contexts.CreateDbContextAsync(cancel);
        return await own.Notices.CountAsync(notice => notice.UserId == reader && notice.ReadAt == null, cancel);
    }
}
