using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ccn.Sandbox.DocuSign;

/// <summary>The words of a document, for the signing page and the sealed copy.</summary>
internal static partial class DocumentText
{
    public static string Of(EnvelopeDocument document)
    {
        if (document.Content.AsSpan().StartsWith("%PDF"u8)) { return OfPdf(document.Content); }
        var text = Encoding.UTF8.GetString(document.Content);
        return document.Extension is "html" or "htm" ? OfHtml(text) : text;
    }

    private static string OfHtml(string html)
    {
        var visible = Hidden().Replace(html, "");
        var lines = Breaks().Replace(visible, "\n");
        return BlankLines().Replace(WebUtility.HtmlDecode(Tags().Replace(lines, "")), "\n\n").Trim();
    }

    /// <summary>Text operators of uncompressed content streams; a PDF with compressed streams shows its size and hash instead.</summary>
    private static string OfPdf(byte[] content)
    {
        var text = new StringBuilder();
        foreach (Match match in TextOperators().Matches(Encoding.Latin1.GetString(content)))
        {
            text.Append(Escapes().Replace(match.Groups["text"].Value, "${char}")).Append('\n');
        }

        return text.Length > 0
            ? text.ToString()
            : $"PDF document, {content.Length} bytes, SHA-256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}";
    }

    [GeneratedRegex(@"<(?<tag>script|style|head)\b.*?</\k<tag>>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<(br|/p|/div|/h[1-6]|/li|/tr|/section)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^>]+>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\n\s*\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\((?<text>(\\.|[^\\()])*)\)\s*Tj", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextOperators();

    [GeneratedRegex(@"\\(?<char>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();
}
