using System.Text.Json;
using StatsGraph.Printing;
using StatsGraph.Server.Tables;

namespace StatsGraph.Tests.Printing;

/// <summary>Answers of documents on paper.</summary>
public sealed class PdfTableTests
{
    private static readonly FlatColumn[] Columns =
    [
        new("country", ColumnKind.Text), new("sessions", ColumnKind.Whole), new("tuningHours", ColumnKind.Number), new("share", ColumnKind.Number),
        new("complete", ColumnKind.Flag), new("from", ColumnKind.Instant),
    ];

    private static readonly DateTimeOffset At = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Values_are_written_for_people_each_column_alike()
    {
        var table = new FlatTable(Columns, [["Polska", 12_345L, 1234.5, 0.25, true, At], ["Ελλάδα", null, 7.0, 0.0, false, null]]);
        using var variables = JsonDocument.Parse("""{ "site": "radio", "first": 2 }""");
        var pdf = await PdfText.ReadAsync(Print(table, PdfHeading.Of("countries", variables.RootElement) with { CreatedAt = At }));

        foreach (var expected in (string[])["countries", "site radio", "first 2", "Rows 2", "Polska 12,345 1,234.50 0.2500 yes 2026-10-01 00:00:00 UTC", "Ελλάδα – 7.00 0.0000 no –", "Page 1 of 1"])
            Assert.Contains(expected, pdf.Flowing, StringComparison.Ordinal);
        Assert.Matches("(?m)^CreationDate: +Thu Oct  1 00:00:00 2026 UTC$", pdf.Info);
        Assert.Matches("(?m)^Subject: +site: radio, first: 2$", pdf.Info);
    }

    [Fact]
    public async Task A_wide_table_lies_across_the_paper_and_a_wider_one_is_printed_in_parts()
    {
        Assert.Contains("842 x 595", (await PdfText.ReadAsync(Print(Wide(11)))).Info, StringComparison.Ordinal);

        var pdf = await PdfText.ReadAsync(Print(Wide(40)));
        Assert.Matches("Columns 1 to [0-9]+ of 40", pdf.Flowing);
        for (var column = 0; column < 39; column++)
            Assert.Contains($"figure{column} ", pdf.Flowing, StringComparison.Ordinal);
        Assert.True(pdf.Flowing.Split("row0").Length > 3, "the first column is in each part");
    }

    [Fact]
    public async Task A_table_without_rows_says_so_and_a_long_one_how_much_of_it_there_is()
    {
        Assert.Contains("There are no rows.", (await PdfText.ReadAsync(Print(new FlatTable(Columns, [])))).Flowing, StringComparison.Ordinal);

        IReadOnlyList<object?>[] rows = [.. Enumerable.Range(0, TablePdf.MostRows + 5).Select(row => (IReadOnlyList<object?>)[$"row{row}"])];
        var pdf = await PdfText.ReadAsync(Print(new FlatTable([Columns[0]], rows)));
        Assert.Contains("Rows 10,005 Only the first 10,000 of 10,005 rows are printed.", pdf.Flowing, StringComparison.Ordinal);
        Assert.Contains("row9999 ", pdf.Flowing, StringComparison.Ordinal);
        Assert.DoesNotContain("row10000", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_is_higher_than_a_page_goes_on_on_the_next()
    {
        var words = string.Join(' ', Enumerable.Range(0, 3000).Select(word => $"word{word}"));
        var pdf = await PdfText.ReadAsync(Print(new FlatTable([Columns[0], Columns[1]], [[words, 1L], ["after", 2L]])));

        Assert.True(pdf.Pages > 2);
        Assert.All(Enumerable.Range(0, 3000), word => Assert.Contains($"word{word}", pdf.Flowing, StringComparison.Ordinal));
        Assert.Contains("after 2", pdf.Flowing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_table_has_the_same_bytes()
    {
        var first = Print(Wide(5));
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        Assert.Equal(first, Print(Wide(5)));
    }

    private static FlatTable Wide(int columns) => new(
        [new FlatColumn("key", ColumnKind.Text), .. Enumerable.Range(0, columns - 1).Select(column => new FlatColumn($"figure{column}", ColumnKind.Number))],
        [.. Enumerable.Range(0, 30).Select(row => (IReadOnlyList<object?>)[$"row{row}", .. Enumerable.Range(0, columns - 1).Select(column => (object?)(row * 1_000_000.25 * column))])]);

    private static byte[] Print(FlatTable table, PdfHeading? heading = null)
    {
        using var output = new MemoryStream();
        PdfTable.Write(table, heading ?? new PdfHeading("Some table", []), output);
        return output.ToArray();
    }
}
