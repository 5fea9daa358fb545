using StatsGraph.Printing;
using StatsGraph.Printing.Fonts;

namespace StatsGraph.Tests.Printing;

/// <summary>Letters that the program's own font does not have, on paper.</summary>
public sealed class PrintFontsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_letter_is_printed_in_the_first_font_that_has_it_and_can_be_found()
    {
        string[] names = ["東京放送 FM 80.7", "ラジオ", "广播电台", "Ελληνικά и русский"];
        var pdf = await PdfText.ReadAsync(Print(names, new PrintFonts([SomeFonts.Droid])));

        Assert.All(names, name => Assert.Contains(name, pdf.Flowing, StringComparison.Ordinal));
        Assert.DoesNotContain("U+", pdf.Flowing, StringComparison.Ordinal);
        var fonts = pdf.Fonts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.All((string[])["Noto Sans", "Droid Sans Fallback"], name => Assert.Contains(fonts, font => font.Contains(name, StringComparison.Ordinal)));
        Assert.All(fonts, font => Assert.Matches("CID TrueType +Identity-H +yes yes yes ", font));
        Assert.Equal(Print(names, new PrintFonts([SomeFonts.Droid])), Print(names, new PrintFonts([SomeFonts.Droid])));
    }

    [Fact]
    public async Task What_no_font_has_and_what_cannot_be_set_rightly_is_told_by_its_numbers()
    {
        var pdf = await PdfText.ReadAsync(Print(["東京 \U00013000\U00020000", "か\u3099", "שלום", "قناة", "ไทย"], new PrintFonts([SomeFonts.Droid])));

        foreach (var expected in (string[])["東京 [U+13000 U+20000]", "か[U+3099]", "[U+05E9 U+05DC U+05D5 U+05DD]", "[U+0642 U+0646 U+0627 U+0629]", "[U+0E44 U+0E17 U+0E22]", "are printed as their Unicode numbers in brackets"])
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_mixed_letters_are_no_wider_than_their_place_and_lose_nothing()
    {
        var type = new Typesetter(new PrintFonts([SomeFonts.Droid]));
        var style = new TextStyle(9, IsBold: true);
        var text = string.Concat(Enumerable.Repeat("東京放送 FM 80.7 Radio 東京放送株式会社東京放送株式会社東京放送株式会社 ", 6)).TrimEnd();
        foreach (var width in (double[])[12, 40, 111, 300])
        {
            var lines = type.Lines(text, style, width);
            Assert.All(lines, line => Assert.True(type.WidthOf(line, style) <= width, $"'{line}' in {width}"));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }

        Assert.Equal(["東京", " FM ", "放送", "x"], type.Runs("東京 FM 放送x").Select(run => run.Text));
        Assert.Equal(type.WidthOf("東京", style) + type.WidthOf(" FM", style), type.WidthOf("東京 FM", style), 6);
        Assert.EndsWith("…", type.Shortened(text, style, 100), StringComparison.Ordinal);
        Assert.InRange(type.WidthOf(type.Shortened(text, style, 100), style), 80, 100);
    }

    [Fact]
    public void A_file_that_is_no_such_font_is_named()
    {
        foreach (var (content, complaint) in ((byte[]?, string)[])
        [
            (null, "cannot be read: Could not find file"), ("OTTO and so on"u8.ToArray(), "is none; expected a TrueType font (.ttf)"), ("ttcf"u8.ToArray(), "is none; expected"),
            ([], "is none; expected"), (SomeFonts.Carried()[..2_000], "is damaged: "),
        ])
        {
            var path = Path.Combine(folder.FullName, "some.ttf");
            File.Delete(path);
            if (content is not null)
                File.WriteAllBytes(path, content);
            Assert.StartsWith($"'{path}' {complaint}", Assert.Throws<FontException>(() => new PrintFonts([path])).Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Print(string[] names, PrintFonts fonts)
    {
        using var output = new MemoryStream();
        TablePdf.Write(
            new PrintedTable(names[0], [], [new PrintedColumn("Name", IsNumber: false)], [.. names.Select(name => (IReadOnlyList<string>)[name])], CreatedAt: null), output, fonts: fonts);
        return output.ToArray();
    }
}
