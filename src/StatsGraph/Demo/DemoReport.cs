using System.Globalization;
using System.Text;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Terminal;

namespace StatsGraph.Demo;

/// <summary>The compliance report of the demo's month: issued at the start, so that the API has one to show.</summary>
internal static class DemoReport
{
    /// <summary>Name of the month.</summary>
    public const string Period = "2026-10";

    private const string Profile = "US-ATH";

    /// <summary>Issues the report.</summary>
    /// <param name="desk">Issues it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<IssuedReport<ComplianceReport>> IssueAsync(ComplianceDesk desk, CancellationToken cancellation)
        => (await desk.IssueAsync(DemoStation.Site, desk.Profiles.Find(Profile)!, CompliancePeriod.Parse(Period), cancellation)).Report;

    /// <summary>What is told of it on the terminal; the same every time.</summary>
    public static string Print(ComplianceReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Profile.Title}, {report.Profile.Name} {report.Period.Name}: revision {report.Issue!.Revision} is issued\n\n");
        text.Append(TextTable.Print(
            [
                ["channel", "hours in the US", "outside", "unknown", "of 159,140 hours"],
                .. report.Channels.Append(report.Total).Select(row => (string[])
                [
                    row.Name ?? "all", Hours(row.Territory), Hours(row.Outside), Hours(row.Unknown),
                    row.Threshold is [var use, ..] ? string.Create(CultureInfo.InvariantCulture, $"{100 * use.Share:0.0} %") : "",
                ]),
            ],
            rightAligned: [1, 2, 3, 4]));
        foreach (var remark in report.Remarks)
        {
            text.Append(remark).Append('\n');
        }

        return text.ToString();
    }

    private static string Hours(Listening listening) => listening.TuningHours.ToString("N1", CultureInfo.InvariantCulture);
}
