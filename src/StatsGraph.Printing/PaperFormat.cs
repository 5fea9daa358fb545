using StatsGraph.Compliance;

namespace StatsGraph.Printing;

/// <summary>The paper that pages are made for.</summary>
public enum PaperFormat
{
    /// <summary>210 by 297 mm.</summary>
    A4,

    /// <summary>8.5 by 11 inches.</summary>
    Letter,
}

/// <summary>Sizes of paper, and who uses which.</summary>
public static class PaperFormats
{
    /// <summary>Countries whose offices print on US Letter.</summary>
    private static readonly HashSet<string> OfLetter = new(["US", "CA"], StringComparer.Ordinal);

    /// <summary>The paper of those whom a report is for: Letter where its territory is in the United States or Canada, else A4.</summary>
    public static PaperFormat Of(ComplianceReport report)
        => report.Profile.Territory?.Countries.Any(OfLetter.Contains) == true ? PaperFormat.Letter : PaperFormat.A4;

    /// <summary>Width and height, upright, in points of 1/72 inch.</summary>
    internal static (double Width, double Height) Size(this PaperFormat paper) => paper == PaperFormat.Letter ? (612, 792) : (595, 842);
}
