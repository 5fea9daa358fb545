using System.Globalization;

namespace StatsGraph.Printing.Fonts;

/// <summary>Breaks texts into lines: after blanks, and a word that is wider than a line anywhere.</summary>
internal static class TextWrap
{
    /// <summary>The lines of a text; one at least.</summary>
    /// <param name="text">A printable text.</param>
    /// <param name="width">Width of a line.</param>
    /// <param name="measure">Width of a text.</param>
    public static IReadOnlyList<string> Lines(string text, double width, Func<string, double> measure)
    {
        if (measure(text) <= width)
            return [text];
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (measure(longer) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = word;
            while (measure(line) > width && Fitting(line, width, measure) is var fitting && fitting < line.Length)
            {
                lines.Add(line[..fitting]);
                line = line[fitting..];
            }
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>How many characters of a word fit, one at least; found by halving. Signs are not parted from the marks on them.</summary>
    private static int Fitting(string word, double width, Func<string, double> measure)
    {
        var ends = StringInfo.ParseCombiningCharacters(word).Skip(1).Append(word.Length).ToList();
        var (fits, tooMany) = (0, ends.Count);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = measure(word[..ends[middle]]) <= width ? (middle, tooMany) : (fits, middle);
        }

        return ends[fits];
    }
}
