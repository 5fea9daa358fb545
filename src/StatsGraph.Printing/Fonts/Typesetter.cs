using PdfSharp.Drawing;

namespace StatsGraph.Printing.Fonts;

/// <summary>Part of a line in one font.</summary>
/// <param name="Text">The letters.</param>
/// <param name="Typeface">Whose letters they are.</param>
internal sealed record TextRun(string Text, Typeface Typeface);

/// <summary>Makes lines of texts: what is printed of them, in which fonts, and how wide that is, whether there is a page yet or not.</summary>
/// <param name="fonts">The fonts.</param>
internal sealed class Typesetter(PrintFonts fonts)
{
    private static readonly XGraphics Context = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);

    private readonly Lettering lettering = new(fonts);

    /// <summary>Whether numbers stand for some of what was asked for; see <see cref="Lettering"/>.</summary>
    public bool HasCodes { get; private set; }

    /// <summary>The lines of a text, ready to be written; one at least.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="width">Width of a line.</param>
    public IReadOnlyList<string> Lines(string text, TextStyle style, double width)
    {
        var printable = Printable(text);
        return [.. TextWrap.Lines(printable, part => WidthOf(part, style), width).Select(line => printable[line])];
    }

    /// <summary>The beginning of a text, as far as there is room for it on one line, ready to be written.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="width">Width of the line.</param>
    public string Shortened(string text, TextStyle style, double width)
    {
        var printable = Printable(text);
        if (WidthOf(printable, style) > width)
            printable = $"{printable[..TextWrap.Fitting(printable, part => WidthOf(part, style), width - WidthOf("…", style))].TrimEnd()}…";
        return printable;
    }

    /// <summary>Width of a text on one line, in points.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="style">How it looks.</param>
    public double Measure(string text, TextStyle style) => WidthOf(Printable(text), style);

    /// <summary>Width of a line that is ready to be written, in points.</summary>
    public double WidthOf(string line, TextStyle style) => Runs(line).Sum(run => WidthOf(run, style));

    /// <summary>Width of a part of a line, in points.</summary>
    public static double WidthOf(TextRun run, TextStyle style) => Context.MeasureString(run.Text, run.Typeface.In(style)).Width;

    /// <summary>A line that is ready to be written, in parts of one font each.</summary>
    public IEnumerable<TextRun> Runs(string line)
    {
        var (start, end) = (0, 0);
        Typeface? typeface = null;
        foreach (var letter in line.EnumerateRunes())
        {
            var next = letter.Value <= '~' ? FontShelf.NotoSans : fonts.For(letter) ?? FontShelf.NotoSans;
            if (next != typeface && end > start)
            {
                yield return new TextRun(line[start..end], typeface!);
                start = end;
            }

            (typeface, end) = (next, end + letter.Utf16SequenceLength);
        }

        if (end > start)
            yield return new TextRun(line[start..end], typeface!);
    }

    private string Printable(string text)
    {
        var (printable, hasCodes) = lettering.Printable(text);
        HasCodes |= hasCodes;
        return printable;
    }
}
