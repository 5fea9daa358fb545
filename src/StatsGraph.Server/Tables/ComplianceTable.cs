using StatsGraph.Compliance;

namespace StatsGraph.Server.Tables;

/// <summary>
/// A compliance report as a table: a row for each channel and one, without a name, for all. What is of the whole report stands in each row, its sentences
/// too, so that one file without anything beside it tells all of it and every row is a row.
/// </summary>
public static class ComplianceTable
{
    /// <summary>The table of a report. It follows from the report alone.</summary>
    public static FlatTable Of(ComplianceReport report)
    {
        var rows = report.Channels.Append(report.Total).ToList();
        var figures = rows.SelectMany(FigureList.Of).DistinctBy(figure => figure.Name).ToList();
        var months = rows.SelectMany(row => row.Threshold).Select(use => use.Month).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new FlatTable(
            [
                .. Before, .. figures.Select(figure => new FlatColumn(figure.Name, figure.Unit == "sessions" && IsCount(figure.Name) ? ColumnKind.Whole : ColumnKind.Number)),
                .. months.SelectMany(ThresholdColumns), .. After,
            ],
            rows.ConvertAll<IReadOnlyList<object?>>(row => Row(report, row, figures, months)));
    }

    private static readonly FlatColumn[] Before =
    [
        new("site", ColumnKind.Text), new("service", ColumnKind.Text), new("profile", ColumnKind.Text), new("period", ColumnKind.Text),
        new("from", ColumnKind.Text), new("to", ColumnKind.Text), new("timeZone", ColumnKind.Text), new("channel", ColumnKind.Text), new("mounts", ColumnKind.Text),
    ];

    private static readonly FlatColumn[] After =
    [
        new("dataThrough", ColumnKind.Instant), new("complete", ColumnKind.Flag), new("lakeVersion", ColumnKind.Whole), new("revision", ColumnKind.Whole),
        new("issuedAt", ColumnKind.Instant), new("checksum", ColumnKind.Text), new("changes", ColumnKind.Text), new("leftOutLines", ColumnKind.Whole),
        new("leftOut", ColumnKind.Text), new("method", ColumnKind.Text), new("remarks", ColumnKind.Text), new("sources", ColumnKind.Text),
    ];

    private static IEnumerable<FlatColumn> ThresholdColumns(string month) =>
    [
        new($"threshold_{month}", ColumnKind.Number), new($"thresholdShare_{month}", ColumnKind.Number), new($"projectedHours_{month}", ColumnKind.Number),
        new($"projectedShare_{month}", ColumnKind.Number),
    ];

    private static bool IsCount(string figure) => figure == "activeSessions" || figure.StartsWith("sessions_", StringComparison.Ordinal);

    private static List<object?> Row(ComplianceReport report, ChannelFigures row, List<NamedFigure> figures, List<string> months)
    {
        var values = FigureList.Of(row).ToDictionary(figure => figure.Name, figure => figure.Value, StringComparer.Ordinal);
        return
        [
            report.Site.Key, report.Site.Name, report.Profile.Name, report.Period.Name, Day(report.Period.From), Day(report.Period.To), report.Period.TimeZone,
            row.Name, string.Join("; ", row.Mounts),
            .. figures.Select(figure => Value(figure.Name, values.GetValueOrDefault(figure.Name))),
            .. months.SelectMany(month => Threshold(row.Threshold.FirstOrDefault(use => use.Month == month))),
            report.Data.Through?.ToDateTimeOffset(), report.Data.Complete, report.Data.LakeVersion, (long?)report.Issue?.Revision,
            report.Issue?.IssuedAt.ToDateTimeOffset(), report.Checksum, Changes(report, row), report.LeftOut.Sum(lines => lines.Lines), LeftOut(report),
            string.Join(' ', report.Method), string.Join(' ', report.Remarks), string.Join("; ", report.Profile.Sources.Select(source => $"{source.Title}: {source.Address}")),
        ];
    }

    private static object? Value(string figure, double? value) => value is { } number && IsCount(figure) ? (long)number : value;

    private static object?[] Threshold(ThresholdUse? use) => [use?.Threshold, use?.Share, use?.Projection?.TuningHours, use?.Projection?.Share];

    /// <summary>What changed of a channel; of all together what else did, too.</summary>
    private static string? Changes(ComplianceReport report, ChannelFigures row) => report.Issue is not { Revision: > 1 } issue ? null : string.Join("; ",
    [
        .. issue.Changes.Where(change => change.Channel == row.Name)
            .Select(change => $"{change.Figure} {change.Describe()}"),
        .. row.Name is null ? issue.OtherChanges : [],
    ]);

    private static string LeftOut(ComplianceReport report) => string.Join("; ", report.LeftOut.Select(lines => Text(
        $"{lines.Class}{(lines.Reason is { } reason ? $" ({reason})" : "")} {lines.Lines}{(lines.Undated > 0 ? $" and {lines.Undated} without a stamp, of any time" : "")}")));

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Day(NodaTime.LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
