using PdfSharp.Drawing;

namespace StatsGraph.Printing.Fonts;

/// <summary>Measures texts, whether there is a page yet or not.</summary>
internal static class TextMeasure
{
    private static readonly XGraphics Context = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);

    /// <summary>Width in points.</summary>
    /// <param name="text">A printable text.</param>
    /// <param name="font">Its font.</param>
    public static double Width(string text, XFont font) => text.Length == 0 ? 0 : Context.MeasureString(text, font).Width;
}
