using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace StatsGraph.Printing.Fonts;

/// <summary>Hands PDFsharp the fonts that it asks for by family: the one out of this assembly, and files that were put here. It never looks for any itself.</summary>
internal sealed class FontShelf : IFontResolver
{
    private const string Embedded = "Noto Sans";

    /// <summary>All texts are written as Unicode, so that all can be found and copied.</summary>
    private static readonly XPdfFontOptions Unicode = new(PdfFontEncoding.Unicode);

    /// <summary>Contents of files by the family that they were put here as. PDFsharp keeps what it has read of them as long as the process lives, so they stay.</summary>
    private static readonly ConcurrentDictionary<string, byte[]> Added = new(StringComparer.Ordinal);

    private static int added;

    static FontShelf() => GlobalFontSettings.FontResolver = new FontShelf();

    private FontShelf()
    {
    }

    /// <summary>The family out of this assembly, which pages are printed in as far as it has the signs.</summary>
    public static Typeface NotoSans { get; } = new(Embedded);

    /// <summary>Puts a font here, and has PDFsharp read it.</summary>
    /// <param name="content">A file of one font.</param>
    /// <exception cref="Exception">PDFsharp cannot read it.</exception>
    public static Typeface Add(byte[] content)
    {
        var family = string.Create(CultureInfo.InvariantCulture, $"added {Interlocked.Increment(ref added)}");
        Added[family] = content;
        var typeface = new Typeface(family);
        _ = typeface.SignOf(new Rune(' '));
        return typeface;
    }

    /// <summary>A font of a family.</summary>
    /// <param name="family">A family that is here.</param>
    /// <param name="style">Size and weight.</param>
    public static XFont Font(string family, TextStyle style) => new(family, style.Size, style.IsBold ? XFontStyleEx.Bold : XFontStyleEx.Regular, Unicode);

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic)
        => familyName == Embedded ? new FontResolverInfo(isBold ? "bold.ttf" : "regular.ttf")
            : Added.ContainsKey(familyName) ? new FontResolverInfo(familyName, mustSimulateBold: isBold, mustSimulateItalic: false)
            : null;

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName)
    {
        if (Added.TryGetValue(faceName, out var content))
            return content;
        using var resource = typeof(FontShelf).Assembly.GetManifestResourceStream(faceName)!;
        content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
