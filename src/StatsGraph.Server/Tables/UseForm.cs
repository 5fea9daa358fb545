using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Use;

namespace StatsGraph.Server.Tables;

/// <summary>A kind of file that reports of use are written as. The same issued report has the same bytes whenever it is written.</summary>
/// <param name="Ending">Names the form, and ends the names of its files: <c>txt</c>.</param>
/// <param name="MediaType">What such a file is, as HTTP and e-mail name it.</param>
/// <param name="IsPlain">Whether the file is that of the regulation: its name is by the rule, and its letters are of ASCII.</param>
/// <param name="Write">Writes a report, given the day that it is made on.</param>
public sealed record UseForm(string Ending, string MediaType, bool IsPlain, Func<ReportOfUse, LocalDate, byte[]> Write)
{
    /// <summary>The file of a report.</summary>
    /// <param name="report">The report; one that was issued is of the day of its issue.</param>
    /// <param name="now">When a draft is made.</param>
    public UseFile File(ReportOfUse report, Instant now)
        => new($"{(IsPlain ? ReportOfUseText.FileName(report) : FileForms.NameOf(report))}.{Ending}", Write(report, (report.Issue?.IssuedAt ?? now).InZone(DateTimeZoneProviders.Tzdb[report.Period.TimeZone]).Date));
}

/// <summary>A file of a report of use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">All of it.</param>
public sealed record UseFile(string Name, byte[] Content);

/// <summary>The forms of reports of use.</summary>
public static class UseForms
{
    /// <summary>The file of the regulation, the same as it is delivered, and two that have all letters.</summary>
    public static IReadOnlyList<UseForm> All { get; } =
    [
        new("txt", "text/plain; charset=us-ascii", IsPlain: true, ReportOfUseText.Text),
        new("zip", "application/zip", IsPlain: true, ReportOfUseText.Zip),
        new("csv", "text/csv; charset=utf-8", IsPlain: false, (report, _) => ReportOfUseText.Csv(report)),
        new("json", "application/json", IsPlain: false, (report, _) => ReportDocument.Write(report)),
    ];

    /// <summary>The form of an ending, whatever its case; null where there is none.</summary>
    public static UseForm? Find(string ending) => All.FirstOrDefault(form => form.Ending.Equals(ending, StringComparison.OrdinalIgnoreCase));
}
