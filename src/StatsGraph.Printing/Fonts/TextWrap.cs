using System.Globalization;
using PdfSharp.Drawing;

namespace StatsGraph.Printing.Fonts;

/// <summary>Breaks texts into lines: after blanks, and a word that is wider than a line anywhere.</summary>
internal static class TextWrap
{
    /// <summary>No line has more characters, so that no more of a long word are measured for each.</summary>
    private const int Measured = 500;

    /// <summary>The lines of a text; one at least.</summary>
    /// <param name="text">A printable text.</param>
    /// <param name="font">Its font.</param>
    /// <param name="width">Width of a line.</param>
    public static IReadOnlyList<string> Lines(string text, XFont font, double width)
    {
        if (TextMeasure.Width(text, font) <= width)
            return [text];
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (TextMeasure.Width(longer, font) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = word;
            while ((line.Length > Measured || TextMeasure.Width(line, font) > width) && Fitting(line, font, width) is var fitting && fitting < line.Length)
            {
                lines.Add(line[..fitting]);
                line = line[fitting..];
            }
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The beginning of a text, as far as there is room for it on one line.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="font">Its font.</param>
    /// <param name="width">Width of the line.</param>
    public static string Shortened(string text, XFont font, double width)
    {
        var printable = Lettering.Printable(text);
        return TextMeasure.Width(printable, font) <= width ? printable
            : $"{printable[..Fitting(printable, font, width - TextMeasure.Width("…", font))].TrimEnd()}…";
    }

    /// <summary>How many characters of a word fit, one at least; found by halving. Signs are not parted from the marks on them.</summary>
    private static int Fitting(string word, XFont font, double width)
    {
        word = word.Length > Measured ? word[..Measured] : word;
        var ends = StringInfo.ParseCombiningCharacters(word).Skip(1).Append(word.Length).ToList();
        var (fits, tooMany) = (0, ends.Count);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = TextMeasure.Width(word[..ends[middle]], font) <= width ? (middle, tooMany) : (fits, middle);
        }

        return ends[fits];
    }
}
