using StatsGraph.Compliance;
using StatsGraph.Printing.Blocks;
using StatsGraph.Printing.Pages;
using StatsGraph.Printing.Parts;

namespace StatsGraph.Printing;

/// <summary>Prints compliance reports as PDF, fit to be handed to whom they are for.</summary>
public static class CompliancePdf
{
    /// <summary>So much of the checksum stands on every page, to tell which pages belong together.</summary>
    private const int ShownDigits = 23;

    /// <summary>Writes a report; the stream stays open. The pages follow from the report, the paper and the fonts alone: the same have the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The file.</param>
    /// <param name="paper">The paper; null for that of those whom the report is for.</param>
    /// <param name="fonts">The fonts; null for the one that the program carries alone.</param>
    public static void Write(ComplianceReport report, Stream output, PaperFormat? paper = null, PrintFonts? fonts = null)
        => PageFlow.Print(Heading(report), paper ?? PaperFormats.Of(report), fonts ?? PrintFonts.Carried, isWide: _ => false, flow => Fill(flow, report), output);

    private static void Fill(PageFlow flow, ComplianceReport report)
    {
        SummaryPart.Print(flow, report);
        ListeningPart.Print(flow, report);
        ThresholdPart.Print(flow, report);
        MeasurePart.Print(flow, report);
        RecordPart.Print(flow, report);
        UnicodeNote.Print(flow);
    }

    private static PageHeading Heading(ComplianceReport report)
    {
        var revision = report.Issue is { } issue ? $"revision {Words.Count(issue.Revision)}" : "draft";
        return new PageHeading(
            Title: $"{report.Profile.Title}: {report.Site.Name}, {report.Period.Name}",
            Subject: $"{report.Profile.Name}, {Words.Days(report.Period)}, {revision}",
            Left: $"{report.Profile.Title}: {report.Site.Name}",
            Right: $"{Words.Days(report.Period)}, {revision}",
            Foot: $"StatsGraph  ·  {report.Profile.Name} {report.Period.Name}, {revision}{(report.Checksum is { Length: > ShownDigits } checksum ? $"  ·  {checksum[..ShownDigits]}…" : "")}",
            Mark: report.Issue is null ? "DRAFT, NOT ISSUED" : null,
            Keywords: report.Checksum ?? "",
            CreatedAt: report.Issue?.IssuedAt.ToDateTimeOffset());
    }
}
