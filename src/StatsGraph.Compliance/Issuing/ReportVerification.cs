using System.Text.Json;

namespace StatsGraph.Compliance.Issuing;

/// <summary>Whether an issued report can be computed again.</summary>
/// <param name="Obstacle">Why it cannot be computed; null where it can.</param>
/// <param name="Differences">What came out differently; empty where nothing did.</param>
public sealed record ReportVerification(string? Obstacle, IReadOnlyList<string> Differences)
{
    /// <summary>Whether all of it came out the same.</summary>
    public bool IsSame => Obstacle is null && Differences.Count == 0;

    /// <summary>It cannot be computed.</summary>
    internal static ReportVerification Impossible(string obstacle) => new(obstacle, []);

    /// <summary>Compares a report with the same one computed again: every figure, what was left out, and what the data were.</summary>
    /// <param name="kept">The report.</param>
    /// <param name="again">The same computed again.</param>
    /// <param name="isWhole">Whether all lines were there; else those without a stamp, which are of any time, are not compared, nor how far data reached that end before the period.</param>
    internal static ReportVerification Of(ComplianceReport kept, ComplianceReport again, bool isWhole) => Of(
        kept, again, isWhole,
        ("the threshold", kept.Channels.Select(channel => channel.Threshold), again.Channels.Select(channel => channel.Threshold)),
        ("the days", kept.Days, again.Days),
        ("the lines left out", LeftOut(kept, isWhole), LeftOut(again, isWhole)));

    /// <summary>Compares a report with the same one computed again: every figure, some parts, and what the data were.</summary>
    /// <param name="kept">The report.</param>
    /// <param name="again">The same computed again.</param>
    /// <param name="isWhole">Whether all lines were there; else how far data reached that end before the period is not compared.</param>
    /// <param name="parts">Further parts of both, with what they are called.</param>
    internal static ReportVerification Of<TReport>(TReport kept, TReport again, bool isWhole, params ReadOnlySpan<(string Name, object Before, object After)> parts)
        where TReport : IssuableReport, IIssuable<TReport>
    {
        var differences = TReport.FigureChanges(kept, again)
            .Select(change => FormattableString.Invariant($"{change.Figure} of {change.Channel ?? "all channels"} is {change.Before} in the report and {change.After} computed again"))
            .ToList();
        foreach (var (name, before, after) in (ReadOnlySpan<(string, object, object)>)[.. parts, ("the data", kept.Data, Data(kept, again, isWhole))])
        {
            if (Json(before) != Json(after))
                differences.Add($"{name}: {Json(before)} in the report and {Json(after)} computed again");
        }

        return new ReportVerification(null, differences);
    }

    private static IEnumerable<LeftOutLines> LeftOut(ComplianceReport report, bool isWhole)
        => isWhole ? report.LeftOut : report.LeftOut.Where(lines => lines.Lines > 0).Select(lines => lines with { Undated = 0 });

    private static ReportedData Data(IssuableReport kept, IssuableReport again, bool isWhole)
    {
        var data = again.Data with { LakeMark = kept.Data.LakeMark };
        var endsBefore = kept.Data.Through < kept.Period.Start && !(data.Through >= kept.Period.Start);
        return !isWhole && endsBefore ? data with { Through = kept.Data.Through } : data;
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, ReportJson.Options);
}
