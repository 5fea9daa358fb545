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
    internal static ReportVerification Of(ComplianceReport kept, ComplianceReport again)
    {
        var differences = FigureList.Changes(kept, again)
            .Select(change => FormattableString.Invariant($"{change.Figure} of {change.Channel ?? "all channels"} is {change.Before} in the report and {change.After} computed again"))
            .ToList();
        foreach (var (name, before, after) in (ReadOnlySpan<(string, object, object)>)
        [
            ("the threshold", kept.Channels.Select(channel => channel.Threshold), again.Channels.Select(channel => channel.Threshold)),
            ("the days", kept.Days, again.Days), ("the lines left out", kept.LeftOut, again.LeftOut), ("the data", kept.Data, again.Data with { LakeMark = kept.Data.LakeMark }),
        ])
        {
            if (Json(before) != Json(after))
                differences.Add($"{name}: {Json(before)} in the report and {Json(after)} computed again");
        }

        return new ReportVerification(null, differences);
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, ReportJson.Options);
}
