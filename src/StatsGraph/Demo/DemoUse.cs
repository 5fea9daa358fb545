using System.Globalization;
using System.Text;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Terminal;

namespace StatsGraph.Demo;

/// <summary>The report of use of the demo's month, issued like the compliance report.</summary>
internal static class DemoUse
{
    private const int Shown = 5;

    /// <summary>Issues the report.</summary>
    /// <param name="desk">Issues it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<IssuedReport<ReportOfUse>> IssueAsync(UseDesk desk, CancellationToken cancellation)
    {
        var request = desk.RequestOf(DemoStation.Site, ReportOfUse.ByPerformancesName, CompliancePeriod.Parse(DemoReport.Period))!;
        return (await desk.IssueAsync(DemoStation.Site, request, cancellation)).Report;
    }

    /// <summary>What is told of it on the terminal; the same every time.</summary>
    public static string Print(ReportOfUse report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Report of use of sound recordings, {report.Name} {report.Period.Name}: revision {report.Issue!.Revision} is issued\n\n");
        text.Append(TextTable.Print(
            [
                ["artist", "title", "performances in the US"],
                .. report.Rows.OrderByDescending(row => row.Performances).Take(Shown).Select(row => (string[])
                    [row.Track.Artist!, row.Track.Title!, row.Performances.ToString("N0", CultureInfo.InvariantCulture)]),
            ],
            rightAligned: [2]));
        text.Append(CultureInfo.InvariantCulture, $"and {report.Rows.Count - Shown} more recordings, of which {report.Rows.Count(row => row.Missing.Count > 0)} lack an ISRC or album and label\n");
        return text.ToString();
    }
}
