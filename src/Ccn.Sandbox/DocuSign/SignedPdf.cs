using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>Writes the sealed copy and the certificate of completion as small, complete PDF files of text pages.</summary>
internal static class SignedPdf
{
    private const int LinesPerPage = 58;
    private const int LineWidth = 95;

    public static byte[] Combined(Envelope envelope, bool certificate)
    {
        var pages = envelope.Documents.SelectMany(d => Pages(Text(d))).ToList();
        if (certificate) { pages.AddRange(Pages(CertificateText(envelope))); }
        return Write(pages);
    }

    public static byte[] Certificate(Envelope envelope) => Write([.. Pages(CertificateText(envelope))]);

    public static byte[] Of(EnvelopeDocument document) => document.Content.AsSpan().StartsWith("%PDF"u8) ? document.Content : Write([.. Pages(Text(document))]);

    private static string Text(EnvelopeDocument document) => document.Name + "\n\n" + DocumentText.Of(document);

    private static string CertificateText(Envelope envelope)
    {
        var text = new StringBuilder("Certificate Of Completion\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Envelope Id: {envelope.Id}\nSubject: {envelope.Subject}\nStatus: {envelope.Status}\n\n");
        foreach (var document in envelope.Documents)
        {
            text.Append(CultureInfo.InvariantCulture, $"Document {document.Id}: {document.Name}\nSHA-256 {Convert.ToHexStringLower(SHA256.HashData(document.Content))}\n");
        }

        foreach (var signer in envelope.Signers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nSigner: {signer.Name} <{signer.Email}>\nStatus: {signer.Status}\n");
            if (signer.SentAt is { } sent) { text.Append(CultureInfo.InvariantCulture, $"Sent: {sent.Iso()}\n"); }
            if (signer.DeliveredAt is { } viewed) { text.Append(CultureInfo.InvariantCulture, $"Viewed: {viewed.Iso()}\n"); }
            if (signer.SignedAt is { } signed) { text.Append(CultureInfo.InvariantCulture, $"Signed: {signed.Iso()}\n"); }
        }

        return text.ToString();
    }

    private static IEnumerable<List<string>> Pages(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').SelectMany(Wrap).Chunk(LinesPerPage).Select(lines => lines.ToList());

    private static IEnumerable<string> Wrap(string line)
    {
        while (line.Length > LineWidth)
        {
            var cut = line.LastIndexOf(' ', LineWidth);
            if (cut <= 0) { cut = LineWidth; }
            yield return line[..cut];
            line = line[cut..].TrimStart();
        }

        yield return line;
    }

    private static byte[] Write(List<List<string>> pages)
    {
        // Objects: 1 catalog, 2 page tree, 3 font, then a page and its content for each page.
        var kids = string.Join(' ', pages.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{4 + (2 * i)} 0 R")));
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{kids}] /Count {pages.Count} >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        };
        foreach (var lines in pages)
        {
            var content = "BT /F1 9 Tf 12 TL 50 760 Td\n" + string.Concat(lines.Select(l => $"({Escape(l)}) Tj T*\n")) + "ET";
            objects.Add(string.Create(CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>"));
            objects.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"));
        }

        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) { pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"); }
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    /// <summary>Latin-1 text with the three characters escaped that end a PDF string; others than Latin-1 become question marks.</summary>
    private static string Escape(string line) =>
        string.Concat(line.Select(c => c is '(' or ')' or '\\' ? "\\" + c : c is < ' ' or > '\u00ff' ? "?" : c.ToString()));
}
