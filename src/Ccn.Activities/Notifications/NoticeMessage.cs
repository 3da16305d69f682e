using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ccn.Data.Accounts;
using Ccn.Data.Notifications;
using MimeKit;
using MimeKit.Text;

namespace Ccn.Activities.Notifications;

/// <summary>A notice as an e-mail: text and HTML say the same, and the way out is one link.</summary>
internal static class NoticeMessage
{
    private const int MaxSubject = 140;

    /// <param name="site">Address of the site, without a slash at its end.</param>
    public static MimeMessage Of(Notice notice, CcnUser person, string site)
    {
        var subject = notice.Title is { } title ? $"{title}: {notice.Text}" : notice.Text;
        var link = site + LinkOf(notice);
        var message = new MimeMessage
        {
            Subject = subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - 1)] + "…",
            Date = notice.At,
            MessageId = $"{Name(notice)}@{new Uri(site).Host}",
            Body = new MultipartAlternative(Part(TextFormat.Plain, Text(notice, person, link, site)), Part(TextFormat.Html, Html(notice, person, link, site))),
        };
        message.To.Add(new MailboxAddress(person.DisplayName, person.Email!));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{site}/account#notices>");
        return message;
    }

    /// <summary>Where a notice leads.</summary>
    public static string LinkOf(Notice notice) => NoticeLink.Of(notice.Type, notice.DesignId);

    // The same notice for the same person always has the same id, so a message that is sent again is seen to be the same one.
    private static string Name(Notice notice) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{notice.EventId}\n{notice.UserId}")))[..32];

    private static TextPart Part(TextFormat format, string text) => new(format) { Text = text };

    private static string Text(Notice notice, CcnUser person, string link, string site) => $"""
        Hello {person.DisplayName},

        {(notice.Title is { } title ? title + "\n" : "")}{notice.Text}

        {link}

        --
        Creative Commerce Network. Which notices come by e-mail: {site}/account#notices
        """;

    private static string Html(Notice notice, CcnUser person, string link, string site) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Of(notice.Title ?? "Notice")}</title></head>
        <body style="margin:0;background:#f6f3ee;color:#201c18;font:16px/1.55 system-ui,-apple-system,'Segoe UI',sans-serif">
        <div style="max-width:34rem;margin:0 auto;padding:2rem 1.25rem">
        <p style="margin:0 0 1.5rem;font-weight:700;letter-spacing:.02em">Creative Commerce Network</p>
        <div style="background:#fff;border:1px solid #e4ddd2;border-radius:14px;padding:1.5rem">
        <p style="margin:0 0 .75rem;color:#6a6157">Hello {Of(person.DisplayName)},</p>
        {(notice.Title is { } title ? $"<h1 style=\"margin:0 0 .5rem;font-size:1.35rem;line-height:1.25\">{Of(title)}</h1>" : "")}
        <p style="margin:0 0 1.25rem">{Of(notice.Text)}</p>
        <a href="{Of(link)}" style="display:inline-block;background:#201c18;color:#fff;text-decoration:none;padding:.7rem 1.15rem;border-radius:999px">Have a look</a>
        </div>
        <p style="margin:1.25rem 0 0;color:#6a6157;font-size:.85rem">You get what is important to your designs, bids and payouts. <a href="{Of(site)}/account#notices" style="color:inherit">Choose what comes by e-mail</a>.</p>
        </div></body></html>
        """;

    private static string Of(string text) => WebUtility.HtmlEncode(text);
}
