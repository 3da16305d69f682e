using System.Globalization;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Ccn.Api.Royalties;

/// <summary>A4 pages that are written from top to bottom. Lengths are points, a 72nd of an inch.</summary>
internal sealed class PdfPages : IDisposable
{
    public const double Left = 48, Right = 547;

    private const double Top = 790, Bottom = 70;

    private static readonly (byte R, byte G, byte B) Black = (29, 27, 24), Grey = (91, 85, 76), Line = (207, 197, 181);

    private readonly PdfDocumentBuilder document = new();
    private readonly List<PdfPageBuilder> pages = [];
    private readonly PdfDocumentBuilder.AddedFont regular, bold;

    public PdfPages(string title)
    {
        document.DocumentInformation.Title = title;
        document.DocumentInformation.Producer = "CCN";
        (regular, bold) = (document.AddTrueTypeFont(DocumentFont.Regular.Bytes), document.AddTrueTypeFont(DocumentFont.Bold.Bytes));
        Add();
    }

    /// <summary>Height of the next line of text above the page's lower edge.</summary>
    public double Y { get; set; }

    private PdfPageBuilder Page => pages[^1];

    /// <summary>Whether <paramref name="height"/> more fits on the page; if not, a new one is begun.</summary>
    public bool Room(double height)
    {
        if (Y - height >= Bottom) { return true; }

        Add();
        return false;
    }

    public void Text(string text, double x, double size = 9, bool strong = false, bool faint = false) => Write(Page, text, x, Y, size, strong, faint);

    /// <summary>Text that ends at <paramref name="right"/>.</summary>
    public void Number(string text, double right, double size = 9, bool strong = false) => Write(Page, text, right - WidthOf(text, size, strong), Y, size, strong, faint: false);

    /// <summary>Text in as many lines as the width asks for; <see cref="Y"/> is below the last one afterwards.</summary>
    public void Paragraph(string text, double x, double width, double size, bool faint)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && WidthOf(longer, size, strong: false) > width) { Flush(); longer = word; }

            line = longer;
        }

        Flush();

        void Flush()
        {
            Room(size * 1.4);
            Text(line, x, size, faint: faint);
            Y -= size * 1.4;
        }
    }

    public void Rule(double weight = .5)
    {
        Page.SetStrokeColor(Line.R, Line.G, Line.B);
        Page.DrawLine(new(Left, Y), new(Right, Y), weight);
    }

    /// <summary>The text cut to the width, with an ellipsis where something is left out.</summary>
    public string Fit(string text, double width, double size)
    {
        if (WidthOf(text, size, strong: false) <= width) { return text; }

        var length = text.Length - 1;
        while (length > 0 && WidthOf(text[..length] + "…", size, strong: false) > width) { length--; }

        return text[..length] + "…";
    }

    /// <summary>The document, with a line at the foot of each page.</summary>
    public byte[] Build(string foot)
    {
        foreach (var (index, page) in pages.Index())
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{index + 1} / {pages.Count}");
            Write(page, foot, Left, 48, 7, strong: false, faint: true);
            Write(page, number, Right - WidthOf(number, 7, strong: false), 36, 7, strong: false, faint: true);
        }

        return document.Build();
    }

    public void Dispose() => document.Dispose();

    private void Add()
    {
        pages.Add(document.AddPage(PageSize.A4));
        Y = Top;
    }

    private void Write(PdfPageBuilder page, string text, double x, double y, double size, bool strong, bool faint)
    {
        var printable = (strong ? DocumentFont.Bold : DocumentFont.Regular).Printable(text);
        if (printable.Length == 0) { return; }

        var colour = faint ? Grey : Black;
        page.SetTextAndFillColor(colour.R, colour.G, colour.B);
        page.AddText(printable, size, new PdfPoint(x, y), strong ? bold : regular);
    }

    private double WidthOf(string text, double size, bool strong)
    {
        var printable = (strong ? DocumentFont.Bold : DocumentFont.Regular).Printable(text);
        return printable.Length == 0 ? 0 : Page.MeasureText(printable, size, new PdfPoint(0, 0), strong ? bold : regular)[^1].EndBaseLine.X;
    }
}
