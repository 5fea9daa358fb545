using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace StatsGraph.Printing.Fonts;

/// <summary>The one family that pages are printed in, out of this assembly: fonts of the machine are never looked at.</summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    private const string Family = "Noto Sans";

    /// <summary>All texts are written as Unicode, so that all can be found and copied.</summary>
    private static readonly XPdfFontOptions Unicode = new(PdfFontEncoding.Unicode);

    static EmbeddedFonts() => GlobalFontSettings.FontResolver = new EmbeddedFonts();

    private EmbeddedFonts()
    {
    }

    /// <summary>The plain font.</summary>
    /// <param name="size">Points.</param>
    public static XFont Regular(double size) => new(Family, size, XFontStyleEx.Regular, Unicode);

    /// <summary>The bold font.</summary>
    /// <param name="size">Points.</param>
    public static XFont Bold(double size) => new(Family, size, XFontStyleEx.Bold, Unicode);

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic)
        => familyName == Family ? new FontResolverInfo(isBold ? "bold.ttf" : "regular.ttf") : null;

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName)
    {
        using var resource = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(faceName)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
