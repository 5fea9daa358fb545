using NodaTime;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Schedules.Runs;

namespace StatsGraph.Server.Tables;

/// <summary>A kind of file that reports of use are written as. The same issued report has the same bytes whenever it is written.</summary>
/// <param name="Ending">Names the form, and ends the names of its files: <c>txt</c>.</param>
/// <param name="MediaType">What such a file is, as HTTP and e-mail name it.</param>
/// <param name="IsPlain">Whether the file is that of the regulation: its name is by the rule, and its letters are of ASCII.</param>
/// <param name="Write">Writes a report, given its bytes as they are kept too, and the day that it is made on.</param>
public sealed record UseForm(string Ending, string MediaType, bool IsPlain, Func<ReportOfUse, ReadOnlyMemory<byte>, LocalDate, byte[]> Write)
{
    /// <summary>The file of a report that was issued, of the day of its issue.</summary>
    public OutputFile File(IssuedReport<ReportOfUse> issued) => File(issued.Report, issued.Bytes, issued.Report.Issue!.IssuedAt);

    /// <summary>The file of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="document">Its bytes as they are kept.</param>
    /// <param name="made">When it is made.</param>
    public OutputFile File(ReportOfUse report, ReadOnlyMemory<byte> document, Instant made) => new(
        $"{(IsPlain ? ReportOfUseText.FileName(report) : FileForms.NameOf(report))}.{Ending}",
        MediaType,
        Write(report, document, made.InZone(DateTimeZoneProviders.Tzdb[report.Period.TimeZone]).Date));
}

/// <summary>The forms of reports of use.</summary>
public static class UseForms
{
    /// <summary>The file of the regulation, the same as it is delivered, and two that have all letters.</summary>
    public static IReadOnlyList<UseForm> All { get; } =
    [
        new("txt", "text/plain; charset=us-ascii", IsPlain: true, (report, _, made) => ReportOfUseText.Text(report, made)),
        new("zip", "application/zip", IsPlain: true, (report, _, made) => ReportOfUseText.Zip(report, made)),
        new("csv", "text/csv; charset=utf-8", IsPlain: false, (report, _, _) => ReportOfUseText.Csv(report)),
        new("json", "application/json", IsPlain: false, (_, document, _) => document.ToArray()),
    ];

    /// <summary>The form of an ending, whatever its case; null where there is none.</summary>
    public static UseForm? Find(string ending) => All.FirstOrDefault(form => form.Ending.Equals(ending, StringComparison.OrdinalIgnoreCase));
}
