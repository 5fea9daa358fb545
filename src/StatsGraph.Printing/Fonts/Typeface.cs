using System.Collections.Concurrent;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace StatsGraph.Printing.Fonts;

/// <summary>A family of letters that PDFsharp has read.</summary>
/// <param name="family">Its name on the <see cref="FontShelf"/>.</param>
internal sealed class Typeface(string family)
{
    private static readonly TextStyle Regular = new(10, IsBold: false);
    private static readonly TextStyle Bold = new(10, IsBold: true);

    private readonly ConcurrentDictionary<TextStyle, XFont> fonts = [];

    /// <summary>The letters in a style.</summary>
    public XFont In(TextStyle style) => fonts.GetOrAdd(style, static (style, family) => FontShelf.Font(family, style), family);

    /// <summary>Number of the sign for a letter; 0 where there is none.</summary>
    public int SignOf(Rune letter, bool isBold = false) => GlyphHelper.GlyphIndexFromCodePoint(letter.Value, In(isBold ? Bold : Regular));
}
