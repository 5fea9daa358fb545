using System.Globalization;

namespace StatsGraph.Printing.Fonts;

/// <summary>Breaks texts into lines: after blanks, and a word that is wider than a line anywhere.</summary>
internal static class TextWrap
{
    /// <summary>No line has more characters, so that no more of a long word are measured for each.</summary>
    private const int Measured = 500;

    /// <summary>Where the lines of a text are in it; one at least. The blank at which a line was broken is in none.</summary>
    /// <param name="text">A printable text.</param>
    /// <param name="widthOf">Measures a part of it.</param>
    /// <param name="width">Width of a line.</param>
    public static IReadOnlyList<Range> Lines(string text, Func<string, double> widthOf, double width)
    {
        if (widthOf(text) <= width)
            return [Range.All];
        var lines = new List<Range>();
        var (start, end) = (0, 0);
        for (var word = 0; word <= text.Length; word = end + 1)
        {
            var wordEnd = text.IndexOf(' ', word) is >= 0 and var blank ? blank : text.Length;
            if (widthOf(text[start..wordEnd]) > width)
            {
                if (end > start)
                    lines.Add(start..end);
                start = word;
                while (wordEnd - start is var length && (length > Measured || widthOf(text[start..wordEnd]) > width)
                    && Fitting(text[start..wordEnd], widthOf, width) is var fitting && fitting < length)
                {
                    lines.Add(start..(start + fitting));
                    start += fitting;
                }
            }

            end = wordEnd;
        }

        lines.Add(start..);
        return lines;
    }

    /// <summary>How many characters of a text fit, those of one sign at least; found by halving. Signs are not parted from the marks on them.</summary>
    /// <param name="word">The text.</param>
    /// <param name="widthOf">Measures a part of it.</param>
    /// <param name="width">What there is room for.</param>
    public static int Fitting(string word, Func<string, double> widthOf, double width)
    {
        word = word.Length > Measured ? word[..Measured] : word;
        var ends = StringInfo.ParseCombiningCharacters(word).Skip(1).Append(word.Length).ToList();
        var (fits, tooMany) = (0, ends.Count);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = widthOf(word[..ends[middle]]) <= width ? (middle, tooMany) : (fits, middle);
        }

        return ends[fits];
    }
}
