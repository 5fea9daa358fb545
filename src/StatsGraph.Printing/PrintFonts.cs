using System.Collections.Concurrent;
using System.Text;
using StatsGraph.Printing.Fonts;

namespace StatsGraph.Printing;

/// <summary>
/// The fonts that pages are printed in: Noto Sans, which the program carries, for all that it has signs for, then those that are named. Fonts of the machine
/// are never looked for, so that the same pages are printed everywhere.
/// </summary>
public sealed class PrintFonts
{
    /// <summary>Noto Sans alone.</summary>
    public static readonly PrintFonts Carried = new([]);

    private readonly IReadOnlyList<Typeface> fonts;
    private readonly ConcurrentDictionary<Rune, Typeface?> known = [];

    /// <summary>Noto Sans, and fonts that are named.</summary>
    /// <param name="paths">Files of TrueType fonts, in the order in which they are asked for a sign.</param>
    /// <exception cref="FontException">One is no such font, or cannot be read; the message names it.</exception>
    public PrintFonts(IEnumerable<string> paths) => fonts = [FontShelf.NotoSans, .. paths.Select(Read)];

    /// <summary>The first font that has a sign for a letter; null where none has.</summary>
    internal Typeface? For(Rune letter) => known.GetOrAdd(letter, static (letter, fonts) => fonts.FirstOrDefault(font => font.SignOf(letter) != 0), fonts);

    private static Typeface Read(string path)
    {
        const string Expectation = "expected a TrueType font (.ttf)";
        try
        {
            var content = File.ReadAllBytes(path);

            // PDFsharp would take outlines of PostScript (OTTO) and collections (ttcf) too, and print neither.
            return content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]) || content.AsSpan().StartsWith("true"u8) ? FontShelf.Add(content)
                : throw new FontException($"'{path}' is none; {Expectation}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FontException($"'{path}' cannot be read: {failure.Message}; {Expectation}", failure);
        }
        catch (Exception damage) when (damage is not FontException)
        {
            // PDFsharp throws whatever comes of a table that is damaged.
            throw new FontException($"'{path}' is damaged: {damage.Message}; {Expectation}", damage);
        }
    }
}
