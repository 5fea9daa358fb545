namespace StatsGraph.Compliance.Issuing;

/// <summary>What revisions are of.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Period">Name of the period.</param>
public sealed record IssuedKey(string Site, string Profile, string Period);

/// <summary>A report that was issued.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="Path">Absolute path of its file.</param>
/// <param name="Bytes">All of the file.</param>
/// <param name="Report">The same, read; <see cref="ComplianceReport.Issue"/> and <see cref="ComplianceReport.Checksum"/> are there.</param>
public sealed record IssuedReport(IssuedKey Key, string Path, ReadOnlyMemory<byte> Bytes, ComplianceReport Report)
{
    /// <summary>Its revision, from 1.</summary>
    public int Revision => Report.Issue!.Revision;
}
