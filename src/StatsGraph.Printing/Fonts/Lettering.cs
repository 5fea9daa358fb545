using System.Globalization;
using System.Text;

namespace StatsGraph.Printing.Fonts;

/// <summary>
/// Makes texts printable. What no font has a sign for, and what cannot be set rightly, is printed as Unicode numbers in brackets, such as
/// <c>[U+6771 U+4EAC]</c>: nothing is left out, and no name looks like another.
/// </summary>
/// <param name="fonts">The fonts.</param>
internal sealed class Lettering(PrintFonts fonts)
{
    /// <summary>Scripts that are written from right to left, or whose signs join: they need more than one sign after the other.</summary>
    private static readonly (int First, int Last)[] Joined =
    [
        (0x0590, 0x109F), (0x1100, 0x11FF), (0x1780, 0x1AAF), (0x1B00, 0x1C7F), (0x1CD0, 0x1CFF), (0xA800, 0xA8FF), (0xA960, 0xA9DF), (0xAA00, 0xAADF),
        (0xABC0, 0xABFF), (0xD7B0, 0xD7FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF),
    ];

    /// <summary>A text as it is printed, on one line.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, and whether numbers stand for some of it.</returns>
    public (string Text, bool HasCodes) Printable(string text)
    {
        if (text.All(unit => unit is >= ' ' and <= '~'))
            return (text, false);
        var printed = new StringBuilder(text.Length);
        var (isCode, hasCodes) = (false, false);
        foreach (var letter in text.EnumerateRunes())
        {
            var isPrinted = IsPrintable(letter);
            if (isCode)
                printed.Append(isPrinted ? ']' : ' ');
            else if (!isPrinted)
                printed.Append('[');
            _ = isPrinted ? printed.Append(letter.ToString()) : printed.Append(CultureInfo.InvariantCulture, $"U+{letter.Value:X4}");
            (isCode, hasCodes) = (!isPrinted, hasCodes || !isPrinted);
        }

        return ((isCode ? printed.Append(']') : printed).ToString(), hasCodes);
    }

    private bool IsPrintable(Rune letter) => !IsBeyond(letter) && fonts.For(letter) is { } font && (font == FontShelf.NotoSans || IsSimple(letter));

    private static bool IsBeyond(Rune letter)
        => Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || letter == Rune.ReplacementChar
            || Array.Exists(Joined, range => letter.Value >= range.First && letter.Value <= range.Last);

    /// <summary>
    /// Whether a sign stands by itself, and a reader of the file finds its letter: where a mark belongs on a letter other fonts than the program's tell in tables
    /// that are not read, and PDFsharp tells readers wrongly of letters beyond U+FFFF.
    /// </summary>
    private static bool IsSimple(Rune letter) => letter.IsBmp
        && Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark);
}
