using MiniExcelLibs;
using StatsGraph.Server.Tables;

namespace StatsGraph.Tests.Compliance;

/// <summary>A report as CSV and as a workbook: either tells all of it by itself.</summary>
public sealed class ReportTablesTests : IDisposable
{
    private readonly SomeCompliance some = new(now: "2026-11-03T00:00:00Z");

    public ReportTablesTests()
        => some.Session("/live", "2026-10-10T12:00:00Z", 3_600).Session("/jazz", "2026-10-11T12:00:00Z", 1_800, "DE").Session("/live", "2026-10-12T12:00:00Z", 60, kind: "bot")
            .Rejected("duration", "2026-10-12T00:00:00Z").Rejected("date");

    [Fact]
    public async Task Csv_has_in_each_row_what_is_of_the_whole_report()
    {
        await some.IssueAsync("2026-10");
        some.Session("/live", "2026-11-02T12:00:00Z", 60).Session("/live", "2026-10-31T23:00:00Z", 1_800);
        var report = (await some.IssueAsync("2026-10")).Report.Report;
        using var text = new StringWriter();
        CsvTable.Write(ComplianceTable.Of(report), text);

        using var csv = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
        var rows = csv.Query(useHeaderRow: true, excelType: ExcelType.CSV).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(["/jazz", "/live", ""], rows.Select(row => row["channel"]));
        Assert.All(rows, row =>
        {
            Assert.Equal(("2026-11-02T12:01:00Z", "true", "2", report.Checksum), (row["dataThrough"], row["complete"], row["revision"], row["checksum"]));
            Assert.Equal(("2", "bot 1; rejected (date) 0 and 1 without a stamp, of any time; rejected (duration) 1"), (row["leftOutLines"], row["leftOut"]));
            Assert.Equal((string.Join(' ', report.Method), string.Join(' ', report.Remarks)), (row["method"], row["remarks"]));
            Assert.Contains("Sessions of listeners count; those of other servers", (string)row["method"]!, StringComparison.Ordinal);
            Assert.Contains("https://www.law.cornell.edu/cfr/text/37/380.10", (string)row["sources"]!, StringComparison.Ordinal);
        });
        Assert.Equal("", rows[0]["changes"]);
        Assert.StartsWith("tuningHours_territory 1 -> 1.5 hours (+0.5); sessions_territory 1 -> 2 sessions (+1); ", (string)rows[1]["changes"]!, StringComparison.Ordinal);
        Assert.EndsWith(report.Issue!.OtherChanges.Single(), (string)rows[2]["changes"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_has_a_sheet_for_each_part_of_the_report()
    {
        await some.IssueAsync("2026-10");
        some.Session("/live", "2026-11-02T12:00:00Z", 60).Session("/live", "2026-10-31T23:00:00Z", 1_800);
        var report = (await some.IssueAsync("2026-10")).Report.Report;
        using var workbook = new MemoryStream();
        ComplianceWorkbook.Write(report, workbook);

        Assert.Equal(["Figures", "Report", "Left out", "Changes", "Days"], workbook.GetSheetNames());
        Assert.Equal([0.0, 1.5, 1.5], Rows(workbook, "Figures").Select(row => row["tuningHours_territory"]));
        var about = Rows(workbook, "Report").ToLookup(row => (string)row["item"]!, row => (string?)row["text"]);
        Assert.Equal(report.Method, about["Method"]);
        Assert.Equal(
            ("2026-11-02T12:01:00Z", "yes", "2, issued 2026-11-03T00:00:00Z", report.Checksum, report.Issue!.PreviousChecksum),
            (about["Data complete up to"].Single(), about["Complete"].Single(), about["Revision"].Single(), about["Checksum"].Single(),
                about["Checksum of the revision before"].Single()));
        Assert.Equal(
            [("bot", null, 1.0, 0.0), ("rejected", "date", 0.0, 1.0), ("rejected", "duration", 1.0, 0.0)],
            Rows(workbook, "Left out").Select(row => ((string)row["class"]!, (string?)row["reason"], (double)row["lines"]!, (double)row["withoutStamp"]!)));
        var changes = Rows(workbook, "Changes").ToList();
        Assert.Equal((null, "tuningHours_territory", "hours", 1.0, 1.5, 0.5), (changes[0]["channel"], changes[0]["figure"], changes[0]["unit"], changes[0]["before"], changes[0]["after"], changes[0]["difference"]));
        Assert.Equal(report.Issue.OtherChanges.Single(), changes[^1]["text"]);
        var days = Rows(workbook, "Days").ToList();
        Assert.Equal((31, "2026-10-31", 0.5), (days.Count, days[^1]["date"], days[^1]["tuningHours_territory"]));
    }

    [Fact]
    public async Task A_draft_says_that_it_is_one()
    {
        var report = await some.DraftAsync("US-ATH", "2026-10");
        using var workbook = new MemoryStream();
        ComplianceWorkbook.Write(report, workbook);
        Assert.Contains(Rows(workbook, "Report"), row => ((string)row["item"]!, (string)row["text"]!) == ("Revision", "draft, not issued"));
        Assert.All(Rows(workbook, "Changes"), row => Assert.All(row.Values, Assert.Null));
    }

    public void Dispose() => some.Dispose();

    private static IEnumerable<IDictionary<string, object?>> Rows(Stream workbook, string sheet)
        => workbook.Query(useHeaderRow: true, sheetName: sheet).Cast<IDictionary<string, object?>>();
}
