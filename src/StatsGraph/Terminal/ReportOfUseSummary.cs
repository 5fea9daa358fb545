using System.Globalization;
using System.Text;
using StatsGraph.Compliance.Use;

namespace StatsGraph.Terminal;

/// <summary>What a report of use holds and lacks, for people.</summary>
internal static class ReportOfUseSummary
{
    /// <summary>The whole text, ending in a newline. Every recording is listed that lacks what is required.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isPlain">Whether it was written as the text file, which is ASCII.</param>
    public static string Print(ReportOfUse report, bool isPlain)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Request.Period.Name}: {Counted(report.Rows.Count, "row")}, {Counted(report.Performances, "performance")} within the United States\n");
        text.Append(CultureInfo.InvariantCulture, $"Not in it: {Counted(report.UnknownCountry, "performance")} to listeners of unknown country, ")
            .Append(CultureInfo.InvariantCulture, $"{report.Abroad:N0} to listeners elsewhere, {Counted(report.Unheard, "recording")} that nobody heard\n");
        text.Append(Completeness(report));
        foreach (var row in report.Rows.Where(row => row.Missing.Count > 0))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"missing: {string.Join(", ", row.Missing)} of '{row.Track.Artist ?? "?"} - {row.Track.Title ?? "?"}'{Where(row)}\n");
        }

        foreach (var row in isPlain ? ReportOfUseText.WithoutPlainForm(report) : [])
            text.Append(CultureInfo.InvariantCulture, $"written with question marks: '{row.Track.Artist} - {row.Track.Title}' has letters that ASCII has not\n");

        return text.ToString();
    }

    private static string Completeness(ReportOfUse report)
    {
        var through = report.Period.DataThrough?.ToString("uuuu-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never";
        return report.Period.Complete ? $"Data are complete; the log reaches to {through}\n"
            : $"Data are not complete yet: the log reaches to {through}; a report made later may differ\n";
    }

    private static string Where(ReportOfUseRow row) => row.Channel is null ? "" : $" on {row.Channel}";

    private static string Counted(long count, string noun)
        => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
