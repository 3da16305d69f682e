using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccn.Domain;
using Ccn.Domain.Licences;

namespace Ccn.Activities.Licences;

/// <summary>The document that both parties sign: the text of the terms, the hash of the executable terms behind it, and a place for each signature.</summary>
internal static class LicenceDocument
{
    /// <summary>Texts that the e-sign provider looks for; white on white, so that people do not see them.</summary>
    public const string CreatorAnchor = "/ccn-sign-creator/", CreatorDateAnchor = "/ccn-date-creator/", SellerAnchor = "/ccn-sign-seller/", SellerDateAnchor = "/ccn-date-seller/";

    /// <summary>SHA-256 (lower-case hex) of the executable terms in their canonical JSON.</summary>
    public static string HashOf(LicenceTerms terms) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(terms, CcnJson.Options)));

    /// <summary>The same terms always give the same bytes. User ids stand for the parties; their names are the provider's part.</summary>
    public static byte[] Html(LicenceTerms terms)
    {
        var text = WebUtility.HtmlEncode(LicenceText.Render(terms)).ReplaceLineEndings("<br>\n");
        return Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Design licence {WebUtility.HtmlEncode(terms.LicenceId)}</title>
            <style>body{"{"}font-family:serif;line-height:1.4;margin:3em{"}"}.anchor{"{"}color:#fff{"}"}</style></head><body>
            <div>{text}</div>
            <p>SHA-256 of the executable terms: {HashOf(terms)}</p>
            <p>Creator: <span class="anchor">{CreatorAnchor}</span> Date: <span class="anchor">{CreatorDateAnchor}</span></p>
            <p>Seller: <span class="anchor">{SellerAnchor}</span> Date: <span class="anchor">{SellerDateAnchor}</span></p>
            </body></html>
            """.ReplaceLineEndings("\n"));
    }
}
