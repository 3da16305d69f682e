using System.Globalization;
using System.Net;
using System.Text;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Mail;

/// <summary>The mailbox for people to read, and as JSON.</summary>
internal static class MailPages
{
    private const int Rows = 300;

    public static void Map(WebApplication app)
    {
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        app.MapGet("/mail", (string? to) => Page("Mailbox", List(mailbox, to)));
        app.MapGet("/mail/{id}", (string id) => mailbox.Find(id) is { } mail ? Page(SubjectOf(mail), Message(mail)) : Results.NotFound());

        // The message's own page: no script, no form, nothing from elsewhere, whatever stands in it.
        app.MapGet("/mail/{id}/html", (string id, HttpResponse response) =>
        {
            if (mailbox.Find(id)?.Message.HtmlBody is not { } html) { return Results.NotFound(); }

            response.Headers.ContentSecurityPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'";
            return Results.Content(html, "text/html; charset=utf-8");
        });
        app.MapGet("/_control/mail", (string? to) => Results.Ok(Of(mailbox, to).Select(mail => new
        {
            mail.Id, mail.ReceivedAt, mail.Receivers, From = mail.Message.From.ToString(), mail.Message.Subject, mail.Message.MessageId, Text = mail.Message.TextBody, Html = mail.Message.HtmlBody,
        })));
    }

    private static IEnumerable<ReceivedMail> Of(Mailbox mailbox, string? to) => mailbox.All.Where(mail => to is null || mail.Receivers.Contains(to, StringComparer.OrdinalIgnoreCase));

    private static string List(Mailbox mailbox, string? to)
    {
        var rows = Of(mailbox, to).Take(Rows).ToList();
        var page = new StringBuilder("<h1>Mailbox</h1><p>Everything that was sent by e-mail, whoever it is for. Nothing leaves this machine. <a href=\"/\">Provider sandbox</a></p>");
        if (to is not null) { page.Append(CultureInfo.InvariantCulture, $"<p>Only for {Text(to)}. <a href=\"/mail\">Show all</a></p>"); }
        if (rows.Count == 0) { return page.Append("<p class=\"none\">No message yet.</p>").ToString(); }

        page.Append("<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>");
        foreach (var mail in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td><time>{Text(mail.ReceivedAt.Iso())}</time></td><td>{string.Join(", ", mail.Receivers.Select(one => $"<a href=\"/mail?to={Uri.EscapeDataString(one)}\">{Text(one)}</a>"))}</td><td><a href=\"/mail/{mail.Id}\">{Text(SubjectOf(mail))}</a></td></tr>");
        }

        return page.Append("</tbody></table>").ToString();
    }

    private static string Message(ReceivedMail mail)
    {
        var message = mail.Message;
        var head = string.Concat(new[] { ("From", message.From.ToString()), ("To", string.Join(", ", mail.Receivers)), ("Received", mail.ReceivedAt.Iso()), ("Message-ID", message.MessageId ?? "") }
            .Select(line => $"<dt>{line.Item1}</dt><dd>{Text(line.Item2)}</dd>"));
        var frame = message.HtmlBody is null ? "" : $"<iframe title=\"The message\" src=\"/mail/{mail.Id}/html\"></iframe>";
        return $"<p><a href=\"/mail\">Mailbox</a></p><h1>{Text(SubjectOf(mail))}</h1><dl>{head}</dl>{frame}<h2>As text</h2><pre>{Text(message.TextBody ?? "")}</pre>";
    }

    private static IResult Page(string title, string body) => Results.Content($$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{Text(title)}} · CCN sandbox</title>
        <style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
        td:first-child,td:nth-child(2){white-space:nowrap}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dt{color:#666}dd{margin:0;overflow-wrap:anywhere}iframe{width:100%;height:34rem;border:1px solid #ddd;border-radius:10px}
        pre{white-space:pre-wrap;background:#f6f6f6;padding:1rem;border-radius:10px}.none{color:#666}@media(max-width:40rem){td:first-child,td:nth-child(2){white-space:normal} }</style></head><body>{{body}}</body></html>
        """, "text/html; charset=utf-8");

    private static string SubjectOf(ReceivedMail mail) => mail.Message.Subject is { Length: > 0 } subject ? subject : "(no subject)";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
