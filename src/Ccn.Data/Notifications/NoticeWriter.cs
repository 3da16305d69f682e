using Ccn.Data.Lifecycle;
using Ccn.Data.Payouts;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Notifications;

/// <summary>Writes notices, and what of them has to leave the site, in the transaction of what they tell of.</summary>
public static class NoticeWriter
{
    /// <summary>Adds notices and, by what each person has chosen, their deliveries; the caller saves.</summary>
    /// <returns>Whether something has to be delivered: then the workflow that does it wants to hear of it after the commit.</returns>
    public static async Task<bool> AddAsync(CcnDbContext db, IReadOnlyList<Notice> notices, CancellationToken cancel)
    {
        db.Notices.AddRange(notices);
        var people = notices.Select(notice => notice.UserId).Distinct(StringComparer.Ordinal).ToArray();
        var chosen = await db.NoticeSettings.AsNoTracking().Where(settings => people.Contains(settings.UserId)).ToDictionaryAsync(settings => settings.UserId, StringComparer.Ordinal, cancel);
        var browsers = await db.PushSubscriptions.Where(browser => people.Contains(browser.UserId)).Select(browser => browser.UserId).Distinct().ToListAsync(cancel);
        var deliveries = new List<NoticeDelivery>();
        foreach (var notice in notices)
        {
            var settings = chosen.GetValueOrDefault(notice.UserId) ?? new NoticeSettings { UserId = notice.UserId };
            if (NoticeSettings.Includes(settings.Email, notice.IsImportant)) { Deliver(notice, NoticeChannel.Email); }

            if (NoticeSettings.Includes(settings.Push, notice.IsImportant) && browsers.Contains(notice.UserId)) { Deliver(notice, NoticeChannel.Push); }
        }

        db.NoticeDeliveries.AddRange(deliveries);
        return deliveries.Count > 0;

        void Deliver(Notice notice, NoticeChannel channel) => deliveries.Add(new() { UserId = notice.UserId, EventId = notice.EventId, Channel = channel, At = notice.At });
    }

    /// <summary>Writes the notices of new events, after the projections know them.</summary>
    /// <returns>Who was told something.</returns>
    internal static async Task<IReadOnlyList<string>> WriteAsync(CcnDbContext db, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        var told = new List<Notice>();
        foreach (var e in events)
        {
            told.AddRange(await SearchNotices.OfAsync(db, e, cancel));
            var tellings = NoticeRules.Of(e.Data);
            if (tellings.Count == 0) { continue; }

            var design = e.DesignId is null ? null : await db.Designs.Where(row => row.Id == e.DesignId).Select(row => new { row.CreatorId, row.Title }).SingleOrDefaultAsync(cancel);
            var title = design?.Title ?? await PayoutTitleAsync(db, e.Data, cancel);
            foreach (var telling in tellings)
            {
                var people = telling.UserId is { } one ? [one] : await AudienceAsync(db, e, telling.Audience, design?.CreatorId, cancel);

                // Nobody is told what they did themselves.
                told.AddRange(people.Where(user => user != e.ActorId && told.TrueForAll(known => known.UserId != user || known.EventId != e.EventId))
                    .Select(user => new Notice { UserId = user, EventId = e.EventId, At = e.OccurredAt, Type = EventTypes.NameOf(e.Data), Title = title, Text = telling.Text, DesignId = e.DesignId, IsImportant = NoticeRules.IsImportant(e.Data) }));
            }
        }

        if (told.Count == 0) { return []; }

        await AddAsync(db, told, cancel);
        await db.SaveChangesAsync(cancel);
        return [.. told.Select(notice => notice.UserId).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> AudienceAsync(CcnDbContext db, StoredEvent e, Audience audience, string? creatorId, CancellationToken cancel)
    {
        var people = new HashSet<string>(StringComparer.Ordinal);
        if (audience.HasFlag(Audience.Creator) && !string.IsNullOrEmpty(creatorId)) { people.Add(creatorId); }

        if (audience.HasFlag(Audience.Seller))
        {
            var licence = await db.Licences.AsNoTracking().Where(row => row.DesignId == e.DesignId).OrderByDescending(row => row.DraftedAt).FirstOrDefaultAsync(cancel);
            if (licence is { SellerId.Length: > 0 }) { people.Add(licence.SellerId); }

            // Whoever has signed needs no reminder.
            if (licence is not null && e.Data is LicenceReminderSent) { people.ExceptWith(licence.Signatures.Keys); }
        }

        if (audience.HasFlag(Audience.Payee) && await PayeeAsync(db, e.Data, cancel) is { Length: > 0 } payee) { people.Add(payee); }

        if (audience.HasFlag(Audience.Followers) && creatorId is not null) { people.UnionWith(await db.Follows.Where(follow => follow.CreatorId == creatorId).Select(follow => follow.FollowerId).ToListAsync(cancel)); }

        return [.. people.Order(StringComparer.Ordinal)];
    }

    private static async Task<string?> PayeeAsync(CcnDbContext db, EventData data, CancellationToken cancel) => data switch
    {
        PayoutHeld e => e.PayeeId,
        PayoutReleased e => e.PayeeId,
        PayoutPrepared e => e.PayeeId,
        _ => (await PayoutAsync(db, data, cancel))?.PayeeId,
    };

    // Which payout: somebody who is paid every month wants to know.
    private static async Task<string?> PayoutTitleAsync(CcnDbContext db, EventData data, CancellationToken cancel) =>
        await PayoutAsync(db, data, cancel) is { PayeeId.Length: > 0 } payout ? $"Your payout of {payout.Amount}" : null;

    private static async Task<PayoutView?> PayoutAsync(CcnDbContext db, EventData data, CancellationToken cancel)
    {
        var payoutId = data switch { PayoutUnclaimed e => e.PayoutId, PayoutConfirmed e => e.PayoutId, PayoutReturned e => e.PayoutId, _ => null };
        return payoutId is null ? null : await db.Payouts.AsNoTracking().SingleOrDefaultAsync(payout => payout.Id == payoutId, cancel);
    }
}
