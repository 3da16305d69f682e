using System.Net;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>Embedded signing: a link that works once and for five minutes, and the page behind it where the signer signs or declines.</summary>
internal static class SigningPages
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SessionLife = TimeSpan.FromMinutes(60);

    public static Answer CreateView(Call call)
    {
        var envelope = EnvelopeCalls.Find(call);
        var body = call.Json() ?? [];
        if (body.Text("returnUrl") is not { Length: > 0 } returnUrl || body.Text("authenticationMethod") is not { Length: > 0 })
        {
            return DocuSignProvider.Error(400, "INVALID_REQUEST_PARAMETER", "The request contained at least one invalid parameter. returnUrl and authenticationMethod are required.");
        }

        if (envelope.Status is not ("sent" or "delivered" or "completed"))
        {
            return DocuSignProvider.Error(400, "ENVELOPE_INVALID_STATUS", "Invalid envelope status. Envelope status is not one of: Sent, Delivered, Completed.");
        }

        // DocuSign compares all three byte for byte, so "jane@x.com" does not open an envelope sent to "Jane@x.com".
        var signer = envelope.Signers.Find(s => s.Email == body.Text("email") && s.Name == body.Text("userName") && s.ClientUserId == body.Text("clientUserId") && s.ClientUserId is not null);
        if (signer is null) { return DocuSignProvider.Error(400, "UNKNOWN_ENVELOPE_RECIPIENT", "The recipient you have identified is not a valid recipient of the specified envelope."); }
        if (signer.Status == "created") { return DocuSignProvider.Error(400, "RECIPIENT_NOT_IN_SEQUENCE", "The token for an out of sequence recipient cannot be generated."); }

        return Answer.Json(201, new JsonObject { ["url"] = call.BaseUrl + "/docusign/Signing/" + NewLink(call, envelope, signer, returnUrl) });
    }

    /// <summary>What the link in the signer's e-mail does: a signer without clientUserId gets there without a call of the sender.</summary>
    public static Answer OpenFromEmail(Call call)
    {
        var envelope = call.State.DocuSign.Envelopes.GetValueOrDefault(call.Route("envelopeId"));
        var signer = envelope?.Signers.Find(s => s.Id == call.Route("recipientId"));
        if (envelope is null || signer is null || signer.Status == "created") { return Message(404, "There is nothing to sign here yet."); }
        return Answer.Redirect("/docusign/Signing/" + NewLink(call, envelope, signer, call.BaseUrl + "/"));
    }

    public static Answer Open(Call call)
    {
        if (!call.State.DocuSign.Links.Remove(call.Route("token"), out var link)) { return Message(410, "This link was used before or never existed. Ask for a new one."); }
        var (envelope, signer) = Find(call, link);
        if (link.ExpiresAt <= call.Now) { return Answer.Redirect(WithEvent(link.ReturnUrl, "ttl_expired", envelope)); }
        if (envelope.Status is "completed" || signer.Status is "completed") { return Answer.Redirect(WithEvent(link.ReturnUrl, "viewing_complete", envelope)); }

        EnvelopeFlow.Open(call, envelope, signer);
        var session = call.State.NextMixed(40);
        call.State.DocuSign.Sessions[session] = link with { ExpiresAt = call.Now + SessionLife };
        return Answer.Redirect("/docusign/Signing/session/" + session);
    }

    public static Answer Show(Call call)
    {
        if (!call.State.DocuSign.Sessions.TryGetValue(call.Route("session"), out var session)) { return Message(410, "This signing session is over."); }
        var (envelope, signer) = Find(call, session);
        var documents = string.Concat(envelope.Documents.Select(d => $"<h2>{Encode(d.Name)}</h2><pre>{Encode(DocumentText.Of(d))}</pre>"));
        return Answer.Html(200, $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Sign: {{Encode(envelope.Subject)}}</title>
            <style>body{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#f5f5f5;padding:1rem;border-radius:.5rem}
            form{display:inline-block;margin:1rem 1rem 0 0}button{padding:.6rem 1.2rem;font:inherit}</style></head>
            <body><h1>{{Encode(envelope.Subject)}}</h1><p>For {{Encode(signer.Name)}} &lt;{{Encode(signer.Email)}}&gt;. This is the sandbox's signing page; it stands where DocuSign's would.</p>
            {{documents}}
            <form method="post"><input type="hidden" name="action" value="sign"><label><input type="checkbox" name="consent" value="yes" required> I agree to sign electronically.</label>
            <button type="submit">Adopt and sign</button></form>
            <form method="post"><input type="hidden" name="action" value="decline"><label>Reason <input name="reason" required></label> <button type="submit">Decline to sign</button></form>
            <form method="post"><input type="hidden" name="action" value="cancel"><button type="submit">Finish later</button></form>
            </body></html>
            """);
    }

    public static Answer Submit(Call call)
    {
        if (!call.State.DocuSign.Sessions.Remove(call.Route("session"), out var session)) { return Message(410, "This signing session is over."); }
        var (envelope, signer) = Find(call, session);
        if (session.ExpiresAt <= call.Now) { return Answer.Redirect(WithEvent(session.ReturnUrl, "session_timeout", envelope)); }
        if (envelope.Status is not ("sent" or "delivered") || signer.Status != "delivered") { return Answer.Redirect(WithEvent(session.ReturnUrl, "exception", envelope)); }

        switch (call.Form.GetValueOrDefault("action"))
        {
            case "decline":
                EnvelopeFlow.Decline(call, envelope, signer, call.Form.GetValueOrDefault("reason") is { Length: > 0 } reason ? reason : "No reason given");
                return Answer.Redirect(WithEvent(session.ReturnUrl, "decline", envelope));
            case "cancel":
                return Answer.Redirect(WithEvent(session.ReturnUrl, "cancel", envelope));
            default:
                EnvelopeFlow.Sign(call, envelope, signer);
                return Answer.Redirect(WithEvent(session.ReturnUrl, "signing_complete", envelope));
        }
    }

    private static string NewLink(Call call, Envelope envelope, Recipient signer, string returnUrl)
    {
        var token = call.State.NextMixed(40);
        call.State.DocuSign.Links[token] = new SigningLink(envelope.Id, signer.Id, returnUrl, call.Now + LinkLife);
        return token;
    }

    private static (Envelope Envelope, Recipient Signer) Find(Call call, SigningLink link)
    {
        var envelope = call.State.DocuSign.Envelopes[link.EnvelopeId];
        return (envelope, envelope.Signers.Find(s => s.Id == link.RecipientId)!);
    }

    private static string WithEvent(string returnUrl, string name, Envelope envelope) =>
        $"{returnUrl}{(returnUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}envelopeId={envelope.Id}&event={name}";

    private static Answer Message(int status, string text) => Answer.Html(status, $"<!doctype html><html lang=\"en\"><title>Signing</title><p>{Encode(text)}</p></html>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
