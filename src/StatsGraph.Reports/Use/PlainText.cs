using System.Globalization;
using System.Text;

namespace StatsGraph.Reports.Use;

/// <summary>Texts of a file that is ASCII: 37 CFR 370.4(e)(2).</summary>
internal static class PlainText
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "ss", ['ẞ'] = "SS", ['æ'] = "ae", ['Æ'] = "AE", ['œ'] = "oe", ['Œ'] = "OE", ['ø'] = "o", ['Ø'] = "O", ['ł'] = "l", ['Ł'] = "L",
        ['đ'] = "d", ['Đ'] = "D", ['ð'] = "d", ['Ð'] = "D", ['þ'] = "th", ['Þ'] = "Th", ['ı'] = "i", ['’'] = "'", ['‘'] = "'", ['“'] = "\"",
        ['”'] = "\"", ['„'] = "\"", ['–'] = "-", ['—'] = "-", ['‐'] = "-", ['…'] = "...", ['\u00a0'] = " ",
    };

    /// <summary>
    /// The text in ASCII: letters without their marks, and a question mark for what has no such form; a blank for what parts fields and texts,
    /// which may not be found in either, and for controls.
    /// </summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
        {
            if (letter is ReportOfUseRules.TextIndicator or ReportOfUseRules.FieldDelimiter || char.IsControl(letter))
                plain.Append(' ');
            else if (letter < 128)
                plain.Append(letter);
            else if (!char.IsLowSurrogate(letter))
                plain.Append(Letters.GetValueOrDefault(letter) ?? WithoutMarks(letter));
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string WithoutMarks(char letter)
    {
        if (char.IsSurrogate(letter))
            return "?";
        var bases = letter.ToString().Normalize(NormalizationForm.FormD)
            .Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark).ToArray();
        return bases.Length == 0 ? "" : Array.TrueForAll(bases, part => part < 128) ? new string(bases) : "?";
    }
}
