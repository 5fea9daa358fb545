using System.IO.Compression;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using MiniExcelLibs;
using StatsGraph.Reports.Engine;
using StatsGraph.Server;
using StatsGraph.Server.Tables;

namespace StatsGraph.Tests.Server;

/// <summary>Answers as tables.</summary>
public sealed class TableTests : IDisposable
{
    private readonly SomeStation station = new();

    public void Dispose() => station.Dispose();

    [Fact]
    public async Task The_list_is_the_rows_and_what_stands_beside_it_is_in_each()
    {
        var table = await TableAsync("""
            { site(key: "demo") { name report(period: { month: "2026-10" }) {
              period { from complete } totals { sessions }
              countries { totalCount pageInfo { hasNextPage } nodes { code share metrics { sessions hours: tuningHours } } } } } }
            """);

        Assert.Equal(
            [
                new FlatColumn("name", ColumnKind.Text), new("period_from", ColumnKind.Instant), new("period_complete", ColumnKind.Flag),
                new("totals_sessions", ColumnKind.Whole), new("code", ColumnKind.Text), new("share", ColumnKind.Number),
                new("sessions", ColumnKind.Whole), new("hours", ColumnKind.Number),
            ],
            table.Columns);
        var since = new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                ["Demo FM", since, false, 4L, "DE", 0.5, 2L, 4200 / 3600.0],
                ["Demo FM", since, false, 4L, "US", 0.25, 1L, 0.5],
                ["Demo FM", since, false, 4L, null, 0.25, 1L, 0.25],
            ],
            table.Rows);
    }

    [Fact]
    public async Task An_answer_without_a_list_is_one_row()
        => Assert.Equal(
            [["demo", 4L]],
            (await TableAsync("""{ site(key: "demo") { key report(period: { month: "2026-10" }) { totals { sessions } } } }""")).Rows);

    [Fact]
    public async Task An_empty_list_has_columns_and_no_rows()
    {
        var table = await TableAsync("""{ site(key: "demo") { report(period: { month: "2025-01" }) { mounts { nodes { mount } } } } }""");

        Assert.Equal((1, 0), (table.Columns.Count, table.Rows.Count));
    }

    [Fact]
    public async Task Each_key_of_a_group_has_columns_of_its_own()
    {
        var table = await TableAsync("""
            { site(key: "demo") { report(period: { month: "2026-10" }) {
              groups(by: [MOUNT, COUNTRY]) { nodes { ...keys metrics { sessions } } } } } }
            fragment keys on Group { keys { value } }
            """);

        Assert.Equal(["keys_1_value", "keys_2_value", "sessions"], table.Columns.Select(column => column.Name));
        Assert.Contains(["/jazz", null, 1L], table.Rows);
    }

    [Fact]
    public async Task Columns_that_would_have_one_name_are_named_in_full()
    {
        var table = await TableAsync("""
            { site(key: "demo") { report(period: { month: "2026-10" }) { a: period { from } mounts { nodes { mount a_from: share } } } } }
            """);

        Assert.Equal(
            ["site_report_a_from", "mount", "site_report_mounts_nodes_a_from"], table.Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData(
        """{ site(key: "demo") { report(period: { month: "2026-10" }) { mounts { nodes { mount } } countries { nodes { code } } } } }""",
        "The document asks for two lists, site.report.mounts.nodes and site.report.countries.nodes, and a table has the rows of one: ask for one of them.")]
    [InlineData(
        """{ sites { nodes { key report(period: { month: "2026-10" }) { hourlyVisits { hour } } } } }""",
        "The document asks for two lists, sites.nodes and sites.nodes.report.hourlyVisits, and a table has the rows of one: ask for one of them.")]
    public async Task Two_lists_are_no_table(string document, string message)
        => Assert.Equal(message, (await Assert.ThrowsAsync<NoTableException>(() => TableAsync(document))).Message);

    [Fact]
    public void Csv_quotes_what_needs_it_and_lets_no_text_be_a_formula()
    {
        var table = new FlatTable(
            [new FlatColumn("a,b", ColumnKind.Text), new FlatColumn("n", ColumnKind.Number), new FlatColumn("at", ColumnKind.Instant)],
            [
                ["=HYPERLINK(\"http://x\")", -1.5, new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero)],
                ["two\nlines, \"quoted\"", null, null],
                ["@x", 1e300, null],
                ["plain", 0.1, null],
            ]);
        using var text = new StringWriter();

        CsvTable.Write(table, text);

        Assert.Equal(
            "\"a,b\",n,at\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-1.5,2026-10-01T00:00:00Z\r\n\"two\nlines, \"\"quoted\"\"\",,\r\n'@x,1E+300,\r\nplain,0.1,\r\n",
            text.ToString());
    }

    [Fact]
    public async Task Arrow_keeps_types_and_nulls()
    {
        var table = new FlatTable(
            [
                new FlatColumn("text", ColumnKind.Text), new FlatColumn("whole", ColumnKind.Whole), new FlatColumn("number", ColumnKind.Number),
                new FlatColumn("flag", ColumnKind.Flag), new FlatColumn("at", ColumnKind.Instant),
            ],
            [["ä", long.MaxValue, 0.1, true, new DateTimeOffset(2026, 10, 1, 0, 0, 1, TimeSpan.Zero)], [null, null, null, null, null]]);
        using var stream = new MemoryStream();
        ArrowTable.Write(table, stream);
        stream.Position = 0;

        using var reader = new ArrowStreamReader(stream);
        using var batch = await reader.ReadNextRecordBatchAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["text", "whole", "number", "flag", "at"], batch.Schema.FieldsList.Select(field => field.Name));
        Assert.Equal(("ä", long.MaxValue, 0.1, true), (
            ((StringArray)batch.Column(0)).GetString(0), ((Int64Array)batch.Column(1)).GetValue(0), ((DoubleArray)batch.Column(2)).GetValue(0),
            ((BooleanArray)batch.Column(3)).GetValue(0)));
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 1, TimeSpan.Zero), ((TimestampArray)batch.Column(4)).GetTimestamp(0));
        Assert.All(Enumerable.Range(0, 5), column => Assert.True(batch.Column(column).IsNull(1)));
    }

    [Fact]
    public async Task Parquet_is_read_by_DuckDB_as_what_it_was()
    {
        var file = Path.Combine(station.Folder, "table.parquet");
        await using (var output = File.Create(file))
            ParquetTable.Write(Some, output);
        using var engine = new QueryEngine("256MB");

        var rows = await engine.QueryAsync(
            new Statement($"""select typeof(text), typeof(whole), typeof(number), typeof(flag), typeof("at"), text, whole, number, flag, epoch("at")::bigint from '{file}'"""),
            record => Enumerable.Range(0, 10).Select(column => record.IsDBNull(column) ? null : record.GetValue(column)).ToArray(),
            TestContext.Current.CancellationToken);

        object?[] types = ["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP WITH TIME ZONE"];
        Assert.Equal([[.. types, "=1+1", long.MaxValue, 0.1, true, 1_790_812_801L], [.. types, null, null, null, null, null]], rows);
    }

    [Fact]
    public void A_workbook_has_typed_cells_and_no_formula()
    {
        using var output = new MemoryStream();
        ExcelTable.Write(Some, output);

        using var archive = new ZipArchive(output, ZipArchiveMode.Read);
        using var sheet = new StreamReader(archive.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open());
        Assert.DoesNotContain("<x:f>", sheet.ReadToEnd(), StringComparison.Ordinal);
        var rows = output.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(["text", "whole", "number", "flag", "at"], rows[0].Keys);
        Assert.Equal(("=1+1", 0.1, true, new DateTime(2026, 10, 1, 0, 0, 1)), (rows[0]["text"], rows[0]["number"], rows[0]["flag"], rows[0]["at"]));
        Assert.All(rows[1].Values, Assert.Null);
    }

    [Fact]
    public async Task A_workbook_of_the_same_table_has_the_same_bytes_at_another_time()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        ExcelTable.Write(Some, first);
        // An archive tells times in steps of two seconds.
        await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken);
        ExcelTable.Write(Some, second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void Tables_without_rows_can_be_written_in_every_form()
    {
        var empty = Some with { Rows = [] };
        using var output = new MemoryStream();
        ParquetTable.Write(empty, output);
        Assert.True(output.Length > 0);
        output.SetLength(0);
        ExcelTable.Write(empty, output);
        Assert.True(output.Length > 0);
    }

    private static FlatTable Some { get; } = new(
        [
            new FlatColumn("text", ColumnKind.Text), new FlatColumn("whole", ColumnKind.Whole), new FlatColumn("number", ColumnKind.Number),
            new FlatColumn("flag", ColumnKind.Flag), new FlatColumn("at", ColumnKind.Instant),
        ],
        [["=1+1", long.MaxValue, 0.1, true, new DateTimeOffset(2026, 10, 1, 0, 0, 1, TimeSpan.Zero)], [null, null, null, null, null]]);

    private async Task<FlatTable> TableAsync(string document)
    {
        var response = await GraphQLExecutor.ExecuteAsync(station.Store, document, null, null, TestContext.Current.CancellationToken);
        Assert.False(response.HasErrors);
        return GraphQLExecutor.Table(document, null, response);
    }
}
