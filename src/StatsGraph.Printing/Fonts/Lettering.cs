using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace StatsGraph.Printing.Fonts;

/// <summary>
/// Makes texts printable. What the font has no sign for, and what it cannot set rightly, is printed as Unicode numbers in brackets, such as
/// <c>[U+6771 U+4EAC]</c>: nothing is left out, and no name looks like another.
/// </summary>
internal static class Lettering
{
    /// <summary>Scripts that are written from right to left, or whose signs join: they need more than one sign after the other.</summary>
    private static readonly (int First, int Last)[] Joined =
    [
        (0x0590, 0x109F), (0x1780, 0x1AAF), (0x1B00, 0x1C7F), (0x1CD0, 0x1CFF), (0xA800, 0xA8FF), (0xA980, 0xA9DF), (0xAA00, 0xAADF), (0xABC0, 0xABFF),
        (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF),
    ];

    private static readonly ConcurrentDictionary<int, bool> Known = [];

    private static readonly XFont Probe = EmbeddedFonts.Regular(10);

    /// <summary>A text as it is printed, on one line.</summary>
    /// <param name="text">Any text.</param>
    public static string Printable(string text)
    {
        if (text.All(unit => unit is >= ' ' and <= '~'))
            return text;
        var printed = new StringBuilder(text.Length);
        var isCode = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isPrinted = IsPrintable(rune);
            if (isCode)
                printed.Append(isPrinted ? ']' : ' ');
            else if (!isPrinted)
                printed.Append('[');
            _ = isPrinted ? printed.Append(rune.ToString()) : printed.Append(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
            isCode = !isPrinted;
        }

        return isCode ? printed.Append(']').ToString() : printed.ToString();
    }

    /// <summary>Whether all of a text is printed as it is.</summary>
    public static bool IsPrintable(string text) => text.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) => Known.GetOrAdd(rune.Value, static (value, sign) => !IsBeyond(sign), rune);

    private static bool IsBeyond(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune == Rune.ReplacementChar
            || Array.Exists(Joined, range => rune.Value >= range.First && rune.Value <= range.Last)
            || GlyphHelper.GlyphIndexFromCodePoint(rune.Value, Probe) == 0;
}
