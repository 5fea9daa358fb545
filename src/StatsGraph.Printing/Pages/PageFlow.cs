using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using StatsGraph.Printing.Fonts;

namespace StatsGraph.Printing.Pages;

/// <summary>Pages that are filled from the top, one after the other. Lengths are points of 1/72 inch, from the upper left.</summary>
internal sealed class PageFlow : IDisposable
{
    private const double Side = 48;
    private const double Top = 58;
    private const double Foot = 54;

    /// <summary>PDFsharp keeps fonts for all documents together and does not promise to do so for several threads.</summary>
    private static readonly Lock Printing = new();

    private readonly PdfDocument document = new();
    private readonly PageHeading heading;
    private readonly XUnitPt width;
    private readonly XUnitPt height;
    private XGraphics? graphics;

    private PageFlow(PageHeading heading, PaperFormat paper, bool isWide, Typesetter type)
    {
        (this.heading, Type) = (heading, type);
        var (narrow, tall) = paper.Size();
        (width, height) = isWide ? (XUnitPt.FromPoint(tall), XUnitPt.FromPoint(narrow)) : (XUnitPt.FromPoint(narrow), XUnitPt.FromPoint(tall));
    }

    /// <summary>Left edge of what is printed.</summary>
    public double Left { get; } = Side;

    /// <summary>Width of what is printed.</summary>
    public double Width => WidthOf(width.Point);

    /// <summary>Height of what is printed on a page.</summary>
    public double Height => height.Point - Top - Foot;

    /// <summary>How far the page is filled.</summary>
    public double Y { get; set; }

    /// <summary>Whether nothing is on the page yet.</summary>
    public bool IsEmpty => Y <= Top;

    /// <summary>What is left of the page.</summary>
    public double Room => height.Point - Foot - Y;

    /// <summary>Makes the lines that are written.</summary>
    public Typesetter Type { get; }

    /// <summary>Draws on the page.</summary>
    public XGraphics Graphics => graphics!;

    /// <summary>Prints a document. One is printed at a time.</summary>
    /// <param name="heading">What stands on every page.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="fonts">The fonts.</param>
    /// <param name="isWide">Whether the paper lies on its long side; asked once texts can be measured.</param>
    /// <param name="fill">Fills the pages.</param>
    /// <param name="output">The file; stays open.</param>
    public static void Print(PageHeading heading, PaperFormat paper, PrintFonts fonts, Func<Typesetter, bool> isWide, Action<PageFlow> fill, Stream output)
    {
        lock (Printing)
        {
            var type = new Typesetter(fonts);
            using var flow = new PageFlow(heading, paper, isWide(type), type);
            flow.NewPage();
            fill(flow);
            flow.Finish();
            PdfFile.Write(flow.document, flow.heading, output);
        }
    }

    /// <summary>Width of what is printed on a paper.</summary>
    public static double WidthOf(PaperFormat paper, bool isWide) => WidthOf(isWide ? paper.Size().Height : paper.Size().Width);

    /// <summary>Goes on with a new page unless there is room.</summary>
    /// <param name="room">How much is needed.</param>
    public void Need(double room)
    {
        if (room > Room && !IsEmpty)
            NewPage();
    }

    /// <summary>Goes on with a new page.</summary>
    public void NewPage()
    {
        graphics?.Dispose();
        var page = document.AddPage();
        (page.Width, page.Height) = (width, height);
        graphics = XGraphics.FromPdfPage(page);
        Y = Top;
    }

    /// <summary>Writes a line.</summary>
    /// <param name="line">A line that <see cref="Type"/> made.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="x">Its left edge, or where it is aligned to it, its right one.</param>
    /// <param name="baseline">What it stands on.</param>
    /// <param name="isRight">Whether it ends at <paramref name="x"/>.</param>
    public void Write(string line, TextStyle style, XBrush ink, double x, double baseline, bool isRight = false)
    {
        var left = isRight ? x - Type.WidthOf(line, style) : x;
        foreach (var run in Type.Runs(line))
        {
            Graphics.DrawString(run.Text, run.Typeface.In(style), ink, left, baseline);
            left += Typesetter.WidthOf(run, style);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        graphics?.Dispose();
        document.Dispose();
    }

    private static double WidthOf(double paper) => paper - (2 * Side);

    /// <summary>Writes what stands on every page, now that their number is known.</summary>
    private void Finish()
    {
        graphics!.Dispose();
        graphics = null;
        for (var number = 1; number <= document.PageCount; number++)
        {
            using (graphics = XGraphics.FromPdfPage(document.Pages[number - 1]))
            {
                WriteFoot(number);
                if (number > 1)
                    WriteHead();
                if (heading.Mark is { } mark)
                    Write(mark, Ink.SmallBold, Ink.NoticeEdge, (width.Point / 2) - (Type.WidthOf(mark, Ink.SmallBold) / 2), 22);
            }
        }

        graphics = null;
    }

    private void WriteHead()
    {
        Graphics.DrawLine(Ink.Rule, Left, 41, Left + Width, 41);
        Write(Type.Shortened(heading.Left, Ink.Small, Width * 0.55), Ink.Small, Ink.Muted, Left, 34);
        Write(Type.Shortened(heading.Right, Ink.Small, Width * 0.4), Ink.Small, Ink.Muted, Left + Width, 34, isRight: true);
    }

    private void WriteFoot(int number)
    {
        var baseline = height.Point - 30;
        Graphics.DrawLine(Ink.Rule, Left, baseline - 11, Left + Width, baseline - 11);
        Write(Type.Shortened(heading.Foot, Ink.Small, Width - 80), Ink.Small, Ink.Muted, Left, baseline);
        var page = string.Create(CultureInfo.InvariantCulture, $"Page {number} of {document.PageCount}");
        Write(page, Ink.Small, Ink.Muted, Left + Width, baseline, isRight: true);
    }
}
