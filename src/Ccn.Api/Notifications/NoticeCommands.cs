using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Notifications;

public sealed class NoticeCommands(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    /// <summary>Marks the reader's notices as read: all up to an instant, so that what came since stays new, or one.</summary>
    /// <param name="eventId">The one; null for all.</param>
    public async Task MarkReadAsync(DateTimeOffset upTo, string? eventId, CancellationToken cancel)
    {
        var (reader, now) = (user.Id, clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Notices.Where(notice => notice.UserId == reader && notice.ReadAt == null && (eventId == null ? notice.At <= upTo : notice.EventId == eventId))
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, now), cancel);
        await Changes.AnnounceAsync(db, [reader], cancel);
        await transaction.CommitAsync(cancel);
    }
}
