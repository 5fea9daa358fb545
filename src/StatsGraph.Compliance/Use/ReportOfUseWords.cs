using System.Globalization;

namespace StatsGraph.Compliance.Use;

/// <summary>What a report of use holds and lacks, in sentences for people.</summary>
public static class ReportOfUseWords
{
    /// <summary>What it holds and what it leaves out, and that the data are complete, where they are; what else is to be known, its remarks tell.</summary>
    public static IReadOnlyList<string> Totals(ReportOfUse report) =>
    [
        Text($"{report.Period.Name}: {Counted(report.Rows.Count, "row")}, {Counted(report.Performances, "performance")} within the United States"),
        Text($"Not in it: {Counted(report.UnknownCountry, "performance")} to listeners of unknown country, {report.Abroad:N0} to listeners elsewhere, ")
            + Text($"{Counted(report.Unheard, "recording")} that nobody heard"),
        .. report.Data is { Complete: true, Through: { } through } ? (string[])[Text($"Data are complete; the log reaches to {through}")] : [],
    ];

    /// <summary>Each recording that lacks what is required.</summary>
    public static IEnumerable<string> Missing(ReportOfUse report) => report.Rows.Where(row => row.Missing.Count > 0)
        .Select(row => $"missing: {string.Join(", ", row.Missing)} of '{row.Track.Artist ?? "?"} - {row.Track.Title ?? "?"}'{(row.Channel is null ? "" : $" on {row.Channel}")}");

    /// <summary>Each recording that the text file, which is ASCII, cannot tell in full.</summary>
    public static IEnumerable<string> WithoutPlainForm(ReportOfUse report) => ReportOfUseText.WithoutPlainForm(report)
        .Select(row => $"written with question marks: '{row.Track.Artist} - {row.Track.Title}' has letters that ASCII has not");

    private static string Counted(long count, string noun) => Text($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
