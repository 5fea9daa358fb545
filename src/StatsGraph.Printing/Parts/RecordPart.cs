using StatsGraph.Compliance;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;

namespace StatsGraph.Printing.Parts;

/// <summary>What makes a report hold in an audit: what changed, what was left out, how figures came about, by which rules, of what, and how to check it.</summary>
internal static class RecordPart
{
    /// <summary>Prints the part.</summary>
    public static void Print(PageFlow flow, ComplianceReport report)
    {
        if (report.Issue is { Revision: > 1 } issue)
            PrintChanges(flow, report, issue);
        PrintLeftOut(flow, report);
        TextBlocks.Heading(flow, "Method and filters");
        TextBlocks.Bullets(flow, report.Method);
        if (report.Profile.Notes.Count > 0)
        {
            TextBlocks.Heading(flow, "Notes on the rules");
            TextBlocks.Bullets(flow, report.Profile.Notes);
        }

        TextBlocks.Heading(flow, "Sources of the rules");
        TextBlocks.Bullets(flow, report.Profile.Sources.Select(source => $"{source.Title}. {source.Address}, read {Words.Day(source.Read)}."));
        PrintChannels(flow, report);
        PrintCheck(flow, report);
    }

    private static void PrintChanges(PageFlow flow, ComplianceReport report, ReportIssue issue)
    {
        TextBlocks.Heading(flow, "What changed");
        TextBlocks.Paragraph(flow, $"Compared with revision {Words.Count(issue.Revision - 1)}, whose checksum is {issue.PreviousChecksum}:");
        TextBlocks.Bullets(flow, issue.OtherChanges);
        if (issue.Changes.Count == 0)
        {
            TextBlocks.Paragraph(flow, "No figure changed.");
            return;
        }

        TableBlock.Print(flow, new BlockTable(
            [
                new("Channel", IsNumber: false), new("Figure", IsNumber: false), new("Before", IsNumber: true), new("Now", IsNumber: true),
                new("Difference", IsNumber: true),
            ],
            [.. issue.Changes.Select(change => (IReadOnlyList<string>)
            [
                change.Channel ?? Words.AllChannels, Words.Figure(report, change.Figure), Words.Value(change.Before, change.Unit),
                Words.Value(change.After, change.Unit), Words.Difference(change.Difference, change.Unit),
            ])]));
    }

    private static void PrintLeftOut(PageFlow flow, ComplianceReport report)
    {
        TextBlocks.Heading(flow, "Lines left out");
        if (report.LeftOut.Count == 0)
        {
            TextBlocks.Paragraph(flow, "No line was left out.");
            return;
        }

        TableBlock.Print(flow, new BlockTable(
            [
                new("What the lines are", IsNumber: false), new("Reason", IsNumber: false), new("Lines in the period", IsNumber: true),
                new("Lines without a stamp, of all times", IsNumber: true),
            ],
            [.. report.LeftOut.Select(lines => (IReadOnlyList<string>)
                [Words.Lines(lines.Class), lines.Reason ?? lines.Class, Words.Count(lines.Lines), Words.Count(lines.Undated)])],
            ["All lines left out", "", Words.Count(report.LeftOut.Sum(lines => lines.Lines)), Words.Count(report.LeftOut.Sum(lines => lines.Undated))]));
    }

    private static void PrintChannels(PageFlow flow, ComplianceReport report)
    {
        if (report.Channels.Count == 0)
            return;
        TextBlocks.Heading(flow, "Channels and their mounts");
        TableBlock.Print(flow, new BlockTable(
            [new("Channel", IsNumber: false), new("Mounts", IsNumber: false)],
            [.. report.Channels.Select(channel => (IReadOnlyList<string>)[channel.Name!, string.Join(", ", channel.Mounts)])]));
        if (report.Site.MountAliases.Count > 0)
            TextBlocks.Note(flow, $"Counted as another mount: {string.Join(", ", report.Site.MountAliases.Select(alias => $"{alias.Key} as {alias.Value}"))}.");
    }

    private static void PrintCheck(PageFlow flow, ComplianceReport report)
    {
        TextBlocks.Heading(flow, "How to check this report");
        if (report.Issue is not { } issue)
        {
            TextBlocks.Paragraph(flow, "This is a draft: nothing of it is kept, and its figures may change. Issue a report to hand it on.");
            return;
        }

        TextBlocks.Paragraph(flow,
            $"It was made of version {Words.Count(report.Data.LakeVersion)} of the station's data and is kept as JSON. The checksum is the SHA-256 of that file's canonical form "
            + "(RFC 8785) without the checksum itself. This command checks it and computes the figures again from the data as they were:");
        TextBlocks.Command(flow, FormattableString.Invariant(
            $"statsgraph report {report.Profile.Name} --site {report.Site.Key} --period {report.Period.Name} --revision {issue.Revision} --verify"));
    }
}
