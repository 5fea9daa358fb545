using System.Text;
using StatsGraph.Compliance.Issuing;

namespace StatsGraph.Server.Tables;

/// <summary>A kind of file that reports and tables are written as.</summary>
/// <param name="Ending">Names the form, and ends the names of its files: <c>csv</c>.</param>
/// <param name="MediaType">What such a file is, as HTTP and e-mail name it.</param>
/// <param name="WriteReport">Writes an issued compliance report; the stream stays open.</param>
/// <param name="WriteTable">Writes a table; the stream stays open. Null where tables are not written so.</param>
public sealed record FileForm(string Ending, string MediaType, Action<IssuedReport, Stream> WriteReport, Action<FlatTable, Stream>? WriteTable);

/// <summary>The forms that this room can write.</summary>
public static class FileForms
{
    /// <summary>All of them. The same content has the same bytes whenever it is written.</summary>
    public static readonly IReadOnlyList<FileForm> All =
    [
        new("csv", "text/csv; charset=utf-8", (report, output) => WriteCsv(ComplianceTable.Of(report.Report), output), WriteCsv),
        new("json", "application/json", (report, output) => output.Write(report.Bytes.Span), JsonTable.Write),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            (report, output) => ExcelTable.Write(ComplianceTable.Of(report.Report), output), ExcelTable.Write),
    ];

    private static void WriteCsv(FlatTable table, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        CsvTable.Write(table, text);
    }
}
