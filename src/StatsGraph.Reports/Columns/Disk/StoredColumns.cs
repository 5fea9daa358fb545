namespace StatsGraph.Reports.Columns.Disk;

/// <summary>The columns of a site with what it takes to go on from them.</summary>
/// <param name="Version">Version of the lake that they are of.</param>
/// <param name="Mark">Tells that version from those of other lakes; null where the log did not tell it any more.</param>
/// <param name="LakeFiles">Names of the site's files at that version.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Listeners">Hashes of the listeners, by their numbers.</param>
internal sealed record StoredColumns(
    long Version, string? Mark, IReadOnlyList<string> LakeFiles, SiteColumns Columns, ReadOnlyMemory<long> Listeners);
