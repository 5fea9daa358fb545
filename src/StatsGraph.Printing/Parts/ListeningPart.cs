using StatsGraph.Compliance;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Parts;

/// <summary>Hours and sessions by channel and by place, and hours by day.</summary>
internal static class ListeningPart
{
    /// <summary>Prints the part.</summary>
    public static void Print(PageFlow flow, ComplianceReport report)
    {
        TextBlocks.Heading(flow, "Listening by channel");
        TableBlock.Print(flow, Table(report));
        TextBlocks.Note(flow,
            "Hours are tuning hours inside the period. Sessions are those that started in it; active sessions are these and those that were open when it began.");
        TextBlocks.Heading(flow, "Hours by day, all channels", DayChart.FullHeight);
        var places = Words.Places(report);
        DayChart.Print(flow, report.Days, places);
    }

    private static BlockTable Table(ComplianceReport report)
    {
        var places = Words.Places(report);
        (string Name, Func<ChannelFigures, Listening> Of)[] groups =
        [
            (places[0], row => row.Territory),
            .. report.Profile.Territory is null ? [] : ((string, Func<ChannelFigures, Listening>)[])[(places[1], row => row.Outside)],
            (places[2], row => row.Unknown),
            ("All", row => row.All),
        ];
        List<string> Row(ChannelFigures row) =>
        [
            row.Name ?? Words.AllChannels,
            .. groups.SelectMany(group => (string[])[Words.Hours(group.Of(row).TuningHours), Words.Count(group.Of(row).Sessions)]),
            Words.Count(row.ActiveSessions),
        ];
        return new BlockTable(
            [
                new BlockColumn("Channel", IsNumber: false),
                .. groups.SelectMany(group => (BlockColumn[])[new("Hours", IsNumber: true, group.Name), new("Sessions", IsNumber: true, group.Name)]),
                new BlockColumn("Active sessions", IsNumber: true),
            ],
            [.. report.Channels.Select(Row)],
            Row(report.Total));
    }
}
