using System.Text;
using StatsGraph.Compliance;
using StatsGraph.Printing;

namespace StatsGraph.Server.Tables;

/// <summary>A kind of file that reports and tables are written as. The same content has the same bytes whenever it is written.</summary>
/// <param name="Ending">Names the form, and ends the names of its files: <c>csv</c>.</param>
/// <param name="MediaType">What such a file is, as HTTP and e-mail name it.</param>
/// <param name="WriteReport">Writes a compliance report, given its bytes as they are kept too; the stream stays open.</param>
/// <param name="WriteTable">Writes a table; the stream stays open.</param>
public sealed record FileForm(
    string Ending, string MediaType, Action<ComplianceReport, ReadOnlyMemory<byte>, Stream> WriteReport, Action<FlatTable, PdfHeading, Stream> WriteTable);

/// <summary>The forms of files that are sent to people.</summary>
public static class FileForms
{
    /// <summary>All of them.</summary>
    /// <param name="paper">The paper of pages; null for that of those whom a report is for.</param>
    /// <param name="fonts">The fonts of pages.</param>
    public static IReadOnlyList<FileForm> For(PaperFormat? paper, PrintFonts fonts) =>
    [
        new("csv", "text/csv; charset=utf-8", (report, _, output) => WriteCsv(ComplianceTable.Of(report), output), (table, _, output) => WriteCsv(table, output)),
        new("json", "application/json", (_, document, output) => output.Write(document.Span), (table, _, output) => JsonTable.Write(table, output)),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            (report, _, output) => ComplianceWorkbook.Write(report, output), (table, _, output) => ExcelTable.Write(table, output)),
        new("pdf", "application/pdf",
            (report, _, output) => CompliancePdf.Write(report, output, paper, fonts),
            (table, heading, output) => PdfTable.Write(table, heading, output, paper ?? PaperFormat.A4, fonts)),
    ];

    /// <summary>Name of a report's files without the ending, which tells the revision: <c>radio_US-ATH_2026-10_r1</c>.</summary>
    public static string NameOf(IssuableReport report)
    {
        var place = report.Issue is { } issue ? FormattableString.Invariant($"r{issue.Revision}") : "draft";
        return $"{report.Site.Key}_{report.Name}_{report.Period.Name}_{place}";
    }

    private static void WriteCsv(FlatTable table, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        CsvTable.Write(table, text);
    }
}
