using PdfSharp.Drawing;
using StatsGraph.Printing.Fonts;

namespace StatsGraph.Printing.Pages;

/// <summary>The styles of letters and the colours of pages. Colours that stand for something differ in lightness too, so that they part in black and white.</summary>
internal static class Ink
{
    public static readonly TextStyle Title = new(18, IsBold: true);
    public static readonly TextStyle Subtitle = new(12, IsBold: false);
    public static readonly TextStyle Heading = new(11, IsBold: true);
    public static readonly TextStyle Figure = new(14, IsBold: true);
    public static readonly TextStyle Body = new(9, IsBold: false);
    public static readonly TextStyle BodyBold = new(9, IsBold: true);
    public static readonly TextStyle Small = new(7.5, IsBold: false);
    public static readonly TextStyle SmallBold = new(7.5, IsBold: true);

    public static readonly XBrush Text = Brush(0x1B1F24);
    public static readonly XBrush Muted = Brush(0x57606A);
    public static readonly XBrush Accent = Brush(0x123F6D);
    public static readonly XBrush Band = Brush(0xF2F5F8);
    public static readonly XBrush Notice = Brush(0xFFF4D6);
    public static readonly XBrush NoticeEdge = Brush(0xC98A00);

    /// <summary>Listening in the territory, outside of it, and of unknown country.</summary>
    public static readonly IReadOnlyList<XBrush> Places = [Brush(0x123F6D), Brush(0x7FA6CC), Brush(0xC9CDD2)];

    public static readonly XPen Rule = new(Colour(0xC5CCD3), 0.5);
    public static readonly XPen HeavyRule = new(Colour(0x1B1F24), 0.8);

    private static XSolidBrush Brush(int colour) => new(Colour(colour));

    private static XColor Colour(int colour) => XColor.FromArgb(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
}
