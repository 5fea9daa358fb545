using System.Collections.Concurrent;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace StatsGraph.Printing.Fonts;

/// <summary>A family of letters that PDFsharp has read.</summary>
/// <param name="family">Its name on the <see cref="FontShelf"/>.</param>
internal sealed class Typeface(string family)
{
    private static readonly TextStyle Probe = new(10, IsBold: false);

    private readonly ConcurrentDictionary<TextStyle, XFont> fonts = [];

    /// <summary>The letters in a style.</summary>
    public XFont In(TextStyle style) => fonts.GetOrAdd(style, static (style, family) => FontShelf.Font(family, style), family);

    /// <summary>Number of the sign for a letter; 0 where there is none.</summary>
    public int SignOf(Rune letter) => GlyphHelper.GlyphIndexFromCodePoint(letter.Value, In(Probe));
}
