using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ccn.Api.Notifications;

/// <param name="Email">Which notices come by e-mail.</param>
/// <param name="Push">Which notices come to the browsers that are subscribed.</param>
public sealed record NoticeSettingsBody(NoticeLevel Email, NoticeLevel Push);

/// <param name="Browsers">How many browsers are subscribed.</param>
/// <param name="PushPublicKey">Key to subscribe with (VAPID); null when this installation offers no web push.</param>
public sealed record NoticeSettingsView(NoticeLevel Email, NoticeLevel Push, int Browsers, string? PushPublicKey);

/// <param name="Endpoint">The push service's address for this browser.</param>
/// <param name="P256dh">The browser's public key, base64url.</param>
/// <param name="Auth">The browser's authentication secret, base64url.</param>
public sealed record PushSubscriptionBody(string? Endpoint, string? P256dh, string? Auth);

/// <summary>How the reader hears of things outside the site.</summary>
public sealed class NoticeChannels(CcnDbContext db, CurrentUser user, IOptions<NoticeOptions> options, TimeProvider clock)
{
    private const int MaxEndpoint = 1_000;
    private const int PointBytes = 65, SecretBytes = 16;

    public async Task<NoticeSettingsView> GetAsync(CancellationToken cancel)
    {
        var reader = user.Id;
        var settings = await db.NoticeSettings.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == reader, cancel) ?? new() { UserId = reader };
        return new(settings.Email, settings.Push, await db.PushSubscriptions.CountAsync(browser => browser.UserId == reader, cancel), options.Value.PushPublicKey);
    }

    public async Task ChangeAsync(NoticeSettingsBody body, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Add(!Enum.IsDefined(body.Email), "email", "is None, Important or All");
        errors.Add(!Enum.IsDefined(body.Push), "push", "is None, Important or All");
        errors.Throw();
        var (reader, email, push) = (user.Id, body.Email.ToString(), body.Push.ToString());
        await db.Database.ExecuteSqlAsync($"""
            insert into notice_settings (user_id, email, push) values ({reader}, {email}, {push})
            on conflict (user_id) do update set email = excluded.email, push = excluded.push
            """, cancel);
    }

    /// <summary>Subscribes a browser. The same browser again is the same subscription, for whoever uses it now.</summary>
    public async Task SubscribeAsync(PushSubscriptionBody body, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Text(body.Endpoint, "endpoint", MaxEndpoint);
        errors.Add(!Uri.TryCreate(body.Endpoint, UriKind.Absolute, out var endpoint) || !options.Value.Accepts(endpoint), "endpoint", "is no address of a push service that this site knows");
        errors.Add(BytesOf(body.P256dh) != PointBytes, "p256dh", "is a P-256 point in base64url");
        errors.Add(BytesOf(body.Auth) != SecretBytes, "auth", "is a secret of 16 bytes in base64url");
        errors.Throw();
        var (reader, now) = (user.Id, clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            insert into push_subscriptions (endpoint, user_id, p256dh, auth, created_at) values ({body.Endpoint}, {reader}, {body.P256dh}, {body.Auth}, {now})
            on conflict (endpoint) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth
            """, cancel);
    }

    /// <summary>Ends a browser's subscription; none is no error.</summary>
    public async Task UnsubscribeAsync(string? endpoint, CancellationToken cancel)
    {
        var reader = user.Id;
        await db.PushSubscriptions.Where(browser => browser.Endpoint == endpoint && browser.UserId == reader).ExecuteDeleteAsync(cancel);
    }

    private static int BytesOf(string? text) => text is { Length: < 200 } && System.Buffers.Text.Base64Url.IsValid(text, out var length) ? length : -1;
}
