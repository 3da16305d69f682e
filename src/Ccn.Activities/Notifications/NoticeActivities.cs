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
    private const int Batch = 20;

    /// <summary>Nobody wants to hear of it after that.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromHours(1);

    private string Site => links.Value.PublicUrl.TrimEnd('/');

    public async Task<NoticesDelivered> DeliverAsync()
    {
        var cancel = ActivityFailures.Cancel;
        await using var alive = Heartbeat.Start();
        var now = clock.GetUtcNow();
        var due = await db.NoticeDeliveries.Where(delivery => delivery.SentAt == null && delivery.Failure == null && (delivery.NextAttemptAt == null || delivery.NextAttemptAt <= now))
            .OrderBy(delivery => delivery.At).ThenBy(delivery => delivery.EventId).ThenBy(delivery => delivery.UserId).Take(Batch).ToListAsync(cancel);
        using var connection = new MailConnection(mail.Value);
        ProviderException? noServer = null;
        foreach (var delivery in due)
        {
            try
            {
                if (delivery.Channel is NoticeChannel.Email && noServer is not null) { throw noServer; }

                delivery.Failure = await SendAsync(delivery, connection, cancel);
                delivery.SentAt = delivery.Failure is null ? clock.GetUtcNow() : null;
            }
            catch (ProviderException e)
            {
                // A server that is gone is gone for every message: each would wait for it in vain.
                if (e is { Provider: ProviderNames.Mail, Code: ProviderCodes.ConnectionLost }) { noServer = e; }

                PutOff(delivery, e);
            }

            if (delivery.Failure is not null) { LogGivenUp(delivery.Channel, delivery.EventId); }

            await db.SaveChangesAsync(cancel);
        }

        var next = await db.NoticeDeliveries.Where(delivery => delivery.SentAt == null && delivery.Failure == null).MinAsync(delivery => delivery.NextAttemptAt, cancel);
        return new(due.Count(delivery => delivery.SentAt is not null), due.Count(delivery => delivery.Failure is not null), due.Count == Batch, next);
    }

    private void PutOff(NoticeDelivery delivery, ProviderException why)
    {
        var now = clock.GetUtcNow();
        if (why.Kind is not ProviderFailure.Unavailable || now - delivery.At >= GiveUpAfter)
        {
            delivery.Failure = $"{why.Code}: {why.Message}";
            return;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(delivery.Attempts, 10));
        delivery.Attempts++;
        delivery.NextAttemptAt = now + (pause < LongestPause ? pause : LongestPause);
    }

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

    // One browser that shows it is enough; a browser that cannot be reached does not make the others show it again and again.
    private async Task<string?> PushAsync(Notice notice, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(new PushedNotice(notice.Title ?? "Your payouts", notice.Text, NoticeMessage.LinkOf(notice), notice.EventId), CcnJson.Options);
        var reached = false;
        ProviderException? failure = null;
        foreach (var browser in await db.PushSubscriptions.Where(browser => browser.UserId == notice.UserId).ToListAsync(cancel))
        {
            try
            {
                if (await push.SendAsync(browser.Endpoint, browser.P256dh, browser.Auth, text, cancel)) { reached = true; }
                else { db.PushSubscriptions.Remove(browser); }
            }
            catch (ProviderException e) { failure = e; }
        }

        return reached ? null : failure is null ? "No browser is subscribed any more." : throw failure;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notice {EventId} was given up by {Channel}.")]
    private partial void LogGivenUp(NoticeChannel channel, string eventId);

    /// <summary>What the site's service worker shows.</summary>
    /// <param name="Tag">The same notice again replaces the one that is shown.</param>
    private sealed record PushedNotice(string Title, string Body, string Url, string Tag);
}
