using NodaTime;
using NodaTime.Text;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;
using StatsGraph.Reports;

namespace StatsGraph.Printing.Parts;

/// <summary>What the profile asks for: a table of the measures of one value, and one for each measure of many.</summary>
internal static class MeasurePart
{
    /// <summary>A table of many values has so many channels beside all together; the others follow in further tables.</summary>
    private const int ChannelsOfTable = 5;

    /// <summary>Prints the part.</summary>
    public static void Print(PageFlow flow, ComplianceReport report)
    {
        if (report.Total.Measures.Count == 0)
            return;
        TextBlocks.Heading(flow, $"Measures of {report.Profile.Name}");
        TextBlocks.Facts(flow, report.Total.Measures.Select(measure => (measure.Name, $"{measure.Title} ({Unit(measure)})")));
        var single = report.Total.Measures.Where(measure => measure.Points is null).Select(measure => measure.Name).ToList();
        if (single.Count > 0)
        {
            flow.Y += 6;
            TableBlock.Print(flow, Table(report, single));
        }

        foreach (var measure in report.Total.Measures.Where(measure => measure.Points is not null))
        {
            TextBlocks.Heading(flow, measure.Title);
            if (measure.Figure == ComplianceFigure.AverageConcurrentByHour)
                PrintHours(flow, report, measure);
            else
                PrintPoints(flow, report, measure);
        }
    }

    private static string Unit(MeasureValue measure) => measure.Unit == "share" ? "share of the hours" : measure.Unit;

    private static BlockTable Table(ComplianceReport report, List<string> measures)
    {
        List<string> Row(ChannelFigures row) =>
            [row.Name ?? Words.AllChannels, .. measures.Select(name => Words.Value(Of(row, name)?.Value, Of(row, name)?.Unit ?? ""))];
        return new BlockTable(
            [new BlockColumn("Channel", IsNumber: false), .. measures.Select(name => new BlockColumn(name, IsNumber: true))],
            [.. report.Channels.Select(Row)],
            Row(report.Total));
    }

    /// <summary>Values by country or hour of the day, down the page, by channel across it.</summary>
    private static void PrintPoints(PageFlow flow, ComplianceReport report, MeasureValue measure)
    {
        var keys = report.Channels.Append(report.Total).SelectMany(row => Of(row, measure.Name)?.Points ?? []).Select(point => point.Key)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (keys.Count == 0)
            TextBlocks.Paragraph(flow, "There is no listening to tell of.");
        var heading = measure.Figure == ComplianceFigure.CountryShares ? "Country" : "Hour of the day";
        foreach (var channels in keys.Count == 0 ? [] : report.Channels.Chunk(ChannelsOfTable).DefaultIfEmpty([]))
        {
            List<ChannelFigures> shown = [report.Total, .. channels];
            TableBlock.Print(flow, new BlockTable(
                [new BlockColumn(heading, IsNumber: false), .. shown.Select(row => new BlockColumn(row.Name ?? Words.AllChannels, IsNumber: true))],
                keys.ConvertAll<IReadOnlyList<string>>(key => [KeyText(measure.Figure, key), .. shown.Select(row => Point(row, measure, key))])));
            flow.Y += 6;
        }
    }

    /// <summary>Values of each hour of the period, of all channels: a row for each day, or two where the clock was put back.</summary>
    private static void PrintHours(PageFlow flow, ComplianceReport report, MeasureValue measure)
    {
        var zone = DateTimeZoneProviders.Tzdb[report.Period.TimeZone];
        var days = measure.Points!.Select(point => (Start: InstantPattern.General.Parse(point.Key).Value.InZone(zone), point.Value))
            .GroupBy(hour => (hour.Start.Date, hour.Start.Offset))
            .Select(day => (IReadOnlyList<string>)
                [$"{day.Key.Date:MM'-'dd}", .. Enumerable.Range(0, 24).Select(hour => Hour(day.Where(one => one.Start.Hour == hour).Select(one => (double?)one.Value).FirstOrDefault()))])
            .ToList();
        TableBlock.Print(flow, new BlockTable(
            [new BlockColumn("Day", IsNumber: false), .. Enumerable.Range(0, 24).Select(hour => new BlockColumn($"{hour:00}", IsNumber: true))], days));
        TextBlocks.Note(flow, "All channels together, to a tenth; the report as CSV, XLSX or JSON has every channel.");
    }

    private static string Hour(double? value) => value?.ToString(value >= 100 ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string KeyText(ComplianceFigure figure, string key)
        => figure != ComplianceFigure.CountryShares ? $"{key}:00" : Countries.Find(key) is { } country ? $"{country.Name} ({key})" : "Country unknown";

    private static string Point(ChannelFigures row, MeasureValue measure, string key)
        => Of(row, measure.Name)?.Points?.FirstOrDefault(point => point.Key == key) is { } point ? Words.Value(point.Value, measure.Unit) : Words.None;

    private static MeasureValue? Of(ChannelFigures row, string measure) => row.Measures.FirstOrDefault(one => one.Name == measure);
}
