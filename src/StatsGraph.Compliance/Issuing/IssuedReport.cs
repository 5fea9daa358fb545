using NodaTime;
using StatsGraph.Compliance.Use;
using StatsGraph.Lake;

namespace StatsGraph.Compliance.Issuing;

/// <summary>What revisions are of.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Profile">Name of the profile, or of the kind of report of use.</param>
/// <param name="Period">Name of the period.</param>
public sealed record IssuedKey(string Site, string Profile, string Period);

/// <summary>A report that was issued.</summary>
/// <typeparam name="TReport">What it is.</typeparam>
/// <param name="Key">What it is of.</param>
/// <param name="Path">Absolute path of its file.</param>
/// <param name="Bytes">All of the file.</param>
/// <param name="Report">The same, read; <see cref="IssuableReport.Issue"/> and <see cref="IssuableReport.Checksum"/> are there.</param>
public sealed record IssuedReport<TReport>(IssuedKey Key, string Path, ReadOnlyMemory<byte> Bytes, TReport Report)
    where TReport : IssuableReport
{
    /// <summary>Its revision, from 1.</summary>
    public int Revision => Report.Issue!.Revision;
}

/// <summary>All reports that were issued in a data folder, of whatever kind.</summary>
public static class IssuedReports
{
    /// <summary>What of older versions of the lake is needed to compute them again; a vacuum is to keep it.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="ComplianceException">A report is damaged, so that nobody can say what it needs; the message names its file.</exception>
    public static IReadOnlyList<KeptVersion> NeededVersions(string dataFolder) =>
    [
        .. new IssuedFolder<ComplianceReport>(dataFolder).Everything().Concat<IssuableReport>(new IssuedFolder<ReportOfUse>(dataFolder).Everything())
            .Select(report => report.Needs()),
    ];

    /// <summary>
    /// From when on all lines have to be there for a report to be computed again. A session of the period ends in it or later, and whether it continues
    /// a visit is decided by half an hour before; the rest of the day is for clocks.
    /// </summary>
    internal static Instant Since(IssuableReport report) => report.Period.Start - Duration.FromDays(1);
}
