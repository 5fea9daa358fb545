using StatsGraph.Compliance;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Parts;

/// <summary>How much of the profile's threshold each channel used in each month, and what a running month comes to.</summary>
internal static class ThresholdPart
{
    /// <summary>Prints the part, where the profile has a threshold.</summary>
    public static void Print(PageFlow flow, ComplianceReport report)
    {
        if (report.Profile.Threshold is not { } threshold)
            return;
        var uses = report.Channels.SelectMany(channel => channel.Threshold.Select(use => (channel.Name, Use: use))).ToList();
        TextBlocks.Heading(flow, "Use of the threshold");
        TextBlocks.Paragraph(flow, $"The threshold is {Words.Hours(threshold.TuningHours)[..^3]} tuning hours in the territory, for each channel and each calendar month.");
        if (uses.Count > 0)
            TableBlock.Print(flow, Table(uses, Words.Places(report)[0]));
        else
            TextBlocks.Paragraph(flow, report.Channels.Count == 0 ? "There is no channel to compare it with." : "There is no whole month to compare it with.");
        if (uses.Exists(use => use.Use.Projection is not null))
            TextBlocks.Note(flow, "A projection is what the month comes to if the rest of it is as the part that the data cover.");
        TextBlocks.Note(flow, $"Source of the threshold: {threshold.Source.Title}, {threshold.Source.Address}, read {Words.Day(threshold.Source.Read)}.");
    }

    private static BlockTable Table(List<(string? Name, ThresholdUse Use)> uses, string territory)
    {
        var isRunning = uses.Exists(use => use.Use.Projection is not null);
        BlockColumn[] projected = [new("Part of the month covered", true, "Projection"), new("Hours", true, "Projection"), new("Threshold used", true, "Projection")];
        return new BlockTable(
            [
                new("Channel", IsNumber: false), new("Month", IsNumber: false), new($"Hours, {territory}", IsNumber: true), new("Threshold used", IsNumber: true),
                .. isRunning ? projected : [],
            ],
            uses.ConvertAll<IReadOnlyList<string>>(row =>
            [
                row.Name!, row.Use.Month, Words.Hours(row.Use.TuningHours), Words.Percent(row.Use.Share),
                .. isRunning ? Projected(row.Use.Projection) : [],
            ]));
    }

    private static string[] Projected(ThresholdProjection? projection) => projection is null ? [Words.None, Words.None, Words.None]
        : [Words.Percent(projection.Elapsed), Words.Hours(projection.TuningHours), Words.Percent(projection.Share)];
}
