using System.Globalization;
using NodaTime.Text;
using StatsGraph.Compliance;

namespace StatsGraph.Server.Tables;

/// <summary>A compliance report as a workbook: a sheet for its figures, and one each for what it is, the lines left out, the changes and the days.</summary>
public static class ComplianceWorkbook
{
    /// <summary>Writes a report; the stream stays open. The same report has the same bytes whenever it is written.</summary>
    public static void Write(ComplianceReport report, Stream output) => ExcelTable.Write(
        [("Figures", ComplianceTable.Of(report)), ("Report", About(report)), ("Left out", LeftOut(report)), ("Changes", Changes(report)), ("Days", Days(report))],
        output);

    /// <summary>What the report is, line by line.</summary>
    private static FlatTable About(ComplianceReport report)
    {
        var (profile, period, issue) = (report.Profile, report.Period, report.Issue);
        List<(string Item, string? Text)> lines =
        [
            ("Report", profile.Title), ("Profile", Text($"{profile.Name}, version {profile.Version}")), ("Service", report.Site.Name), ("Site", report.Site.Key),
            ("Period", Text($"{period.Name}: from {period.Start} to {period.End}, of the time zone {period.TimeZone}")),
            ("Data complete up to", report.Data.Through is { } through ? Text($"{through}") : "no line at all"),
            ("Complete", report.Data.Complete ? "yes" : Text($"no: not before {report.Data.SettlingHours:0.##} hours after the end of the period")),
            ("Version of the lake", Text($"{report.Data.LakeVersion}")),
            ("Revision", issue is null ? "draft, not issued" : Text($"{issue.Revision}, issued {issue.IssuedAt}")),
            ("Checksum", report.Checksum), ("Checksum of the revision before", issue?.PreviousChecksum),
            .. report.Method.Select(sentence => ("Method", (string?)sentence)), .. report.Remarks.Select(sentence => ("Remark", (string?)sentence)),
            .. profile.Sources.Select(source => ("Source", (string?)Text($"{source.Title}, {source.Address}, read {LocalDatePattern.Iso.Format(source.Read)}"))),
            .. profile.Notes.Select(note => ("Note", (string?)note)),
        ];
        return new FlatTable(Columns(("item", ColumnKind.Text), ("text", ColumnKind.Text)), lines.ConvertAll<IReadOnlyList<object?>>(line => [line.Item, line.Text]));
    }

    private static FlatTable LeftOut(ComplianceReport report) => new(
        Columns(("class", ColumnKind.Text), ("reason", ColumnKind.Text), ("lines", ColumnKind.Whole), ("withoutStamp", ColumnKind.Whole)),
        [.. report.LeftOut.Select(row => (IReadOnlyList<object?>)[row.Class, row.Reason, row.Lines, row.Undated])]);

    private static FlatTable Changes(ComplianceReport report) => new(
        Columns(
            ("channel", ColumnKind.Text), ("figure", ColumnKind.Text), ("unit", ColumnKind.Text), ("before", ColumnKind.Number), ("after", ColumnKind.Number),
            ("difference", ColumnKind.Number), ("text", ColumnKind.Text)),
        [
            .. (report.Issue?.Changes ?? []).Select(change => (IReadOnlyList<object?>)
                [change.Channel, change.Figure, change.Unit, change.Before, change.After, change.Difference, null]),
            .. (report.Issue?.OtherChanges ?? []).Select(text => (IReadOnlyList<object?>)[null, null, null, null, null, null, text]),
        ]);

    private static FlatTable Days(ComplianceReport report) => new(
        Columns(
            ("date", ColumnKind.Text), ("tuningHours_territory", ColumnKind.Number), ("tuningHours_outside", ColumnKind.Number),
            ("tuningHours_unknown", ColumnKind.Number)),
        [
            .. report.Days.Select(day => (IReadOnlyList<object?>)
                [LocalDatePattern.Iso.Format(day.Date), Listening.HoursOf(day.Territory), Listening.HoursOf(day.Outside), Listening.HoursOf(day.Unknown)]),
        ]);

    private static List<FlatColumn> Columns(params IEnumerable<(string Name, ColumnKind Kind)> columns)
        => [.. columns.Select(column => new FlatColumn(column.Name, column.Kind))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
