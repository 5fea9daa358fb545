using System.Globalization;
using System.Text;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Printing;

namespace StatsGraph.Tests.Printing;

/// <summary>Compliance reports on paper.</summary>
public sealed class CompliancePdfTests
{
    [Fact]
    public async Task A_report_tells_what_it_is_of_its_figures_and_how_to_check_them()
    {
        var report = new SomeReport { IsRunning = true }.Make();
        var pdf = await PdfText.ReadAsync(Print(report));

        var main = report.Channels[0];
        foreach (var expected in (string[])
        [
            "Tuning hours report (US)", "Some Radio (some)", "1 October 2026 to 31 October 2026 (2026-10, 31 days)",
            "Europe/Berlin: from 2026-09-30 22:00:00 UTC until 2026-10-31 23:00:00 UTC", "US-ATH, version 1, in force since 1 January 2016",
            "United States (US, PR, GU, VI, AS, MP)", "2026-10-22 23:00:00 UTC; the period is not complete", "1, issued 2026-11-04 23:00:00 UTC", report.Checksum!,
            Row("Main", main.Territory, main.Outside, main.Unknown, main.All), Row("All channels", report.Total.Territory, report.Total.Outside, report.Total.Unknown, report.Total.All),
            "The threshold is 159,140 tuning hours in the territory",
            string.Create(CultureInfo.InvariantCulture, $"Main 2026-10 {main.Territory.TuningHours:#,0.00} {100 * main.Threshold[0].Share:#,0.00} % 50.00 % {2 * main.Territory.TuningHours:#,0.00} {200 * main.Threshold[0].Share:#,0.00} %"),
            "Lines that are no access record no-duration 1,234 0", "Lines that are no access record bad-date 0 17", "Monitors and crawlers bot 20,034 0",
            "All lines left out 21,268 17", "Sessions are counted by a method that is told in a sentence.", "The rule knows no minimum duration",
            "https://www.law.cornell.edu/cfr/text/37/380.10, read 26 November 2026", "/rock.mp3 /rock.mp3, /rock.mp3.aac", "/old as /rock.mp3",
            "statsgraph report US-ATH --site some --period 2026-10 --revision 1 --verify",
        ])
        {
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Unicode numbers", pdf.Flowing, StringComparison.Ordinal);
        Assert.DoesNotContain("DRAFT", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_has_its_number_and_the_file_says_what_it_is()
    {
        var report = new SomeReport { Channels = [.. Enumerable.Range(1, 40).Select(number => $"/live{number}.mp3")], Site = "Rock & <Roll>" }.Make();
        var pdf = await PdfText.ReadAsync(Print(report));

        Assert.InRange(pdf.Pages, 4, 9);
        Assert.Equal(pdf.Pages, pdf.EachPage.Count);
        Assert.All(pdf.EachPage.Index(), page => Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Page {page.Index + 1} of {pdf.Pages}"), page.Item, StringComparison.Ordinal));
        Assert.Matches("(?m)^Title: +Tuning hours report \\(US\\): Rock & <Roll>, 2026-10$", pdf.Info);
        Assert.Matches("(?m)^Subject: +US-ATH, 1 October 2026 to 31 October 2026, revision 1$", pdf.Info);
        Assert.Matches("(?m)^Author: +StatsGraph$", pdf.Info);
        Assert.Matches("(?m)^CreationDate: +Wed Nov  4 23:00:00 2026 UTC$", pdf.Info);
        Assert.Matches($"(?m)^Keywords: +{report.Checksum}$", pdf.Info);
        Assert.All(pdf.Fonts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2), font => Assert.Matches("Noto Sans.* yes yes yes ", font));
    }

    [Fact]
    public async Task A_table_over_several_pages_has_its_headings_on_each()
    {
        var names = Enumerable.Range(1, 120).Select(number => $"/live{number}.mp3").ToList();
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Channels = names, Profile = "INDUSTRY" }.Make()));

        Assert.True(pdf.Pages > 6);
        foreach (var page in pdf.EachPage.Where(page => page.Contains(".mp3", StringComparison.Ordinal)))
        {
            // The first channel of a page comes after a heading.
            Assert.Contains("Channel", page[..page.IndexOf(".mp3", StringComparison.Ordinal)], StringComparison.Ordinal);
        }

        Assert.All(names, name => Assert.Equal(3, pdf.EachPage.Sum(page => page.Split('\n').Count(line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("US-ATH", "letter")]
    [InlineData("CA-RESOUND", "letter")]
    [InlineData("DE-GVL", "A4")]
    [InlineData("INDUSTRY", "A4")]
    public async Task The_paper_is_that_of_those_whom_the_report_is_for_or_the_one_asked_for(string profile, string paper)
    {
        var report = new SomeReport { Profile = profile }.Make();
        Assert.Contains($"({paper})", (await PdfText.ReadAsync(Print(report))).Info, StringComparison.Ordinal);
        Assert.Contains("(A4)", (await PdfText.ReadAsync(Print(report, PaperFormat.A4))).Info, StringComparison.Ordinal);
        Assert.Contains("(letter)", (await PdfText.ReadAsync(Print(report, PaperFormat.Letter))).Info, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_says_what_changed()
    {
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Revision = 2 }.Make()));

        Assert.Contains("Restated: this revision replaces revision 1. It counts 12 active sessions more than revision 1, which was issued 2026-11-03 23:00:00 UTC", pdf.Flowing, StringComparison.Ordinal);
        Assert.Contains("Compared with revision 1, whose checksum is sha256:0123456789abcdef:", pdf.Flowing, StringComparison.Ordinal);
        Assert.Contains("The data are complete now.", pdf.Flowing, StringComparison.Ordinal);
        Assert.Contains("All channels Hours, United States 100.25 101.75 +1.50", pdf.Flowing, StringComparison.Ordinal);
        Assert.Contains("Main Sessions, Country unknown – 3 +3", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_marked_on_every_page_and_has_no_time()
    {
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Revision = 0 }.Make()));

        Assert.All(pdf.EachPage, page => Assert.Contains("DRAFT, NOT ISSUED", page, StringComparison.Ordinal));
        Assert.DoesNotContain("Date", pdf.Info, StringComparison.Ordinal);
        Assert.DoesNotContain("--verify", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_data_it_says_so()
    {
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Most = 0, Channels = [] }.Make()));

        foreach (var expected in (string[])["Data up to no data", "There are no data of this site.", "No listening in the period", "There is no channel to compare it with.", "No line was left out.", "All channels 0.00 0 0.00 0 0.00 0 0.00 0"])
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_Latin_Greek_and_Cyrillic_letters_are_printed_and_found_as_they_are()
    {
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Site = "Zażółć gęślą jaźń", Channels = ["Ελληνικό Ραδιόφωνο", "Радио Свобода", "Tiếng Việt"] }.Make()));

        foreach (var expected in (string[])["Zażółć gęślą jaźń", "Ελληνικό Ραδιόφωνο", "Радио Свобода", "Tiếng Việt"])
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
        Assert.DoesNotContain("U+", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_that_cannot_be_printed_are_told_by_their_numbers()
    {
        var report = new SomeReport { Site = "Radio 東京", Channels = ["قناة", "a\u202Eb", "x\ud800y"] }.Make();
        var pdf = await PdfText.ReadAsync(Print(report, fonts: PrintFonts.Carried));

        foreach (var expected in (string[])["Radio [U+6771 U+4EAC]", "[U+0642 U+0646 U+0627 U+0629]", "a[U+202E]b", "x[U+FFFD]y", "are printed as their Unicode numbers in brackets"])
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_name_is_wrapped_and_none_of_it_is_lost()
    {
        var name = "/" + string.Concat(Enumerable.Range(100, 300).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Channels = [name, "Words and words " + string.Join(' ', Enumerable.Repeat("and more words", 60))] }.Make()));

        var digits = string.Concat(pdf.Text.Where(char.IsAsciiDigit));
        Assert.Contains("396397398399", digits, StringComparison.Ordinal);
        Assert.All(pdf.Text.Split('\n'), line => Assert.True(line.Length < 260, line));
    }

    [Fact]
    public async Task The_same_report_has_the_same_bytes_whenever_and_beside_whatever_it_is_printed()
    {
        var reports = Enumerable.Range(0, 8).Select(seed => new SomeReport { Seed = seed, Revision = seed % 3, Profile = seed % 2 == 0 ? "US-ATH" : "UK-PPL" }.Make()).ToList();
        var first = reports.ConvertAll(report => Print(report));

        // The clock of a file tells whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        var again = await Task.WhenAll(reports.Select(report => Task.Run(() => Print(report), TestContext.Current.CancellationToken)));
        Assert.All(first.Zip(again), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(8, first.Select(Convert.ToHexString).Distinct().Count());
        Assert.NotEqual(first[0], Print(reports[0] with { Checksum = "sha256:other" }));
    }

    [Theory]
    [InlineData("2026-10-01_2026-10-02")]
    [InlineData("2026-10")]
    [InlineData("2028")]
    public async Task Hours_by_day_have_a_bar_for_each_day_of_any_period(string period)
    {
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Period = period, Profile = "INDUSTRY" }.Make()));

        var chart = pdf.Flowing[pdf.Flowing.IndexOf("Hours by day", StringComparison.Ordinal)..];
        string[] labels = period switch { "2028" => ["Jan", "Feb", "Dec", "2028"], "2026-10" => ["30 31", "Oct 2026"], _ => ["1 Oct 2026"] };
        Assert.All(labels, label => Assert.Contains(label, chart, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_hour_of_a_period_is_printed_those_of_a_day_with_25_too()
    {
        var rules = ComplianceProfiles.BuiltIn.Find("DE-GVL")!;
        rules = rules with { Measures = [new ProfileMeasure("each", "Listeners hour by hour", ComplianceFigure.AverageConcurrentByHour, MeasureScope.Territory)] };
        var pdf = await PdfText.ReadAsync(Print(new SomeReport { Rules = rules }.Make()));

        Assert.Equal(2, pdf.Text.Split('\n').Count(line => line.TrimStart().StartsWith("10-25", StringComparison.Ordinal)));
        Assert.Single(pdf.Text.Split('\n'), line => line.TrimStart().StartsWith("10-26", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_report_can_be_printed()
    {
        var random = new Random(20261126);
        string[] profiles = [.. ComplianceProfiles.BuiltIn.All.Select(profile => profile.Name)];
        string[] periods = ["2026-10", "2026-Q4", "2028", "2026-02-27_2026-03-02", "2024-02-29_2024-03-01"];
        for (var round = 0; round < 60; round++)
        {
            var report = new SomeReport
            {
                Seed = round,
                Profile = profiles[random.Next(profiles.Length)],
                Period = periods[random.Next(periods.Length)],
                Site = Name(random),
                Channels = [.. Enumerable.Range(0, 1 + random.Next(20)).Select(number => $"{number}{Name(random)}")],
                Revision = random.Next(3),
                IsRunning = random.Next(2) == 0,
                Most = (int[])[0, 1, 50, 1_000_000, int.MaxValue] is var most ? most[random.Next(most.Length)] : 0,
            };
            var pdf = Print(report.Make());
            Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8) && pdf.AsSpan().TrimEnd("\r\n"u8).EndsWith("%%EOF"u8), $"round {round}");
        }
    }

    private static string Name(Random random)
    {
        var name = new StringBuilder();
        for (var length = random.Next(200); length > 0; length--)
            name.Append((char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(' ', 0x180)));
        return name.ToString();
    }

    private static string Row(string name, params Listening[] places)
        => $"{name} {string.Join(' ', places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.TuningHours:#,0.00} {place.Sessions:#,0}")))}";

    private static byte[] Print(ComplianceReport report, PaperFormat? paper = null, PrintFonts? fonts = null)
    {
        using var output = new MemoryStream();
        CompliancePdf.Write(report, output, paper, fonts);
        return output.ToArray();
    }
}
