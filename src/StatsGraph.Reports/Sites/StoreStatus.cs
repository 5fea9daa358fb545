using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;

namespace StatsGraph.Reports;

/// <summary>What is known of a store without asking the lake's files: how large it is and how far it is.</summary>
/// <param name="Version">Delta version of the lake; -1 while it is empty.</param>
/// <param name="Files">Data files of that version.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Columns">What the columns hold, by site; empty where there are none.</param>
public sealed record StoreStatus(long Version, long Files, long Bytes, IReadOnlyDictionary<string, ColumnsStatus> Columns)
{
    /// <summary>How far columns are behind the lake; null where there are none.</summary>
    public TimeSpan? FollowDelay { get; init; }

    /// <summary>What is known of a store at this moment. Reads what was committed since it was last read, and nothing else.</summary>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    internal static StoreStatus Of(LakeSnapshot snapshot, ColumnStore? columns) => new(
        snapshot.Version,
        snapshot.Files.Count,
        snapshot.Files.Sum(file => file.Size),
        columns?.Published?.Sites.ToDictionary(site => site.Key, site => ColumnsStatus.Of(site.Value), StringComparer.Ordinal) ?? [])
    {
        FollowDelay = columns?.FollowDelay,
    };
}

/// <summary>What the columns of a site hold.</summary>
/// <param name="Sessions">Sessions.</param>
/// <param name="Bytes">Bytes of them, in memory or in mapped files; dictionaries of texts are not counted.</param>
public sealed record ColumnsStatus(long Sessions, long Bytes)
{
    internal static ColumnsStatus Of(SiteColumns columns)
        => new(columns.Chunks.Sum(chunk => (long)chunk.Rows), columns.Chunks.Sum(chunk => (long)chunk.Memory.Length));
}

/// <summary>What is known of the lines of a site at one version of the lake. Reading it costs what the files cost that came since.</summary>
/// <param name="Site">Key.</param>
/// <param name="DataThrough">Latest stamp of an accepted line that is not in the future; null without one.</param>
/// <param name="Intake">What became of every line.</param>
public sealed record SiteStatus(string Site, Instant? DataThrough, Intake Intake)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="LakeException">A file cannot be read.</exception>
    public static async Task<SiteStatus> ReadAsync(SiteReports site, CancellationToken cancellation)
        => new(site.Key, await site.DataThroughAsync(cancellation), await site.IntakeAsync(cancellation));
}
