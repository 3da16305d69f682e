using System.Text.Json;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Data.Notifications;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Providers;
using Ccn.Providers.Mail;
using Ccn.Providers.Push;
using Ccn.Workflows.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ccn.Activities.Notifications;

/// <inheritdoc cref="INoticeActivities"/>
internal sealed partial class NoticeActivities(CcnDbContext db, WebPush push, IOptions<MailOptions> mail, IOptions<SignedLinkOptions> links, TimeProvider clock, ILogger<NoticeActivities> logger) : INoticeActivities
{
    /// <summary>About what a mail server takes in the time of one attempt.</summary>
    private const int Batch = 20;

    private string Site => links.Value.PublicUrl.TrimEnd('/');

    public Task<NoticesDelivered> DeliverAsync() => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var due = await db.NoticeDeliveries.Where(delivery => delivery.SentAt == null && delivery.Failure == null)
            .OrderBy(delivery => delivery.At).ThenBy(delivery => delivery.EventId).ThenBy(delivery => delivery.UserId).Take(Batch).ToListAsync(cancel);
        using var connection = new MailConnection(mail.Value);
        var refused = 0;
        foreach (var delivery in due)
        {
            try
            {
                delivery.Failure = await SendAsync(delivery, connection, cancel);
                delivery.SentAt = delivery.Failure is null ? clock.GetUtcNow() : null;
            }
            catch (ProviderException e) when (e.Kind is not ProviderFailure.Unavailable) { delivery.Failure = $"{e.Code}: {e.Message}"; }

            if (delivery.Failure is not null)
            {
                refused++;
                LogRefused(delivery.Channel, delivery.EventId);
            }

            await db.SaveChangesAsync(cancel);
        }

        return new NoticesDelivered(due.Count - refused, refused, due.Count == Batch);
    });

    /// <returns>Why it can never be delivered; null when it was.</returns>
    private async Task<string?> SendAsync(NoticeDelivery delivery, MailConnection connection, CancellationToken cancel)
    {
        var notice = await db.Notices.AsNoTracking().SingleAsync(row => row.UserId == delivery.UserId && row.EventId == delivery.EventId, cancel);
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == delivery.UserId, cancel);
        if (person is not { Email.Length: > 0 }) { return "The account is gone."; }

        if (delivery.Channel is NoticeChannel.Push) { return await PushAsync(notice, cancel); }

        using var message = NoticeMessage.Of(notice, person, Site);
        await connection.SendAsync(message, cancel);
        return null;
    }

    private async Task<string?> PushAsync(Notice notice, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(new PushedNotice(notice.Title ?? "Your payouts", notice.Text, NoticeMessage.LinkOf(notice), notice.EventId), CcnJson.Options);
        var reached = 0;
        foreach (var browser in await db.PushSubscriptions.Where(browser => browser.UserId == notice.UserId).ToListAsync(cancel))
        {
            if (await push.SendAsync(browser.Endpoint, browser.P256dh, browser.Auth, text, cancel)) { reached++; }
            else { db.PushSubscriptions.Remove(browser); }
        }

        return reached > 0 ? null : "No browser is subscribed any more.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notice {EventId} was refused for good by {Channel}.")]
    private partial void LogRefused(NoticeChannel channel, string eventId);

    /// <summary>What the site's service worker shows.</summary>
    /// <param name="Tag">The same notice again replaces the one that is shown.</param>
    private sealed record PushedNotice(string Title, string Body, string Url, string Tag);
}
