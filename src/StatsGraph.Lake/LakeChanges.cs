namespace StatsGraph.Lake;

/// <summary>What commits did to the lines of the lake; see <see cref="LakeTable.ChangesSince"/>.</summary>
/// <param name="Sites">
/// Each site whose lines are others than before, in ordinal order of the keys. A site that is left out has the same lines.
/// </param>
public sealed record LakeChanges(IReadOnlyList<SiteChanges> Sites)
{
    /// <summary>No line came and none went.</summary>
    public static readonly LakeChanges None = new([]);
}

/// <summary>What commits did to the lines of one site.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="IsReplaced">
/// Whether lines left the site, or what came to it cannot be read apart any more: it is to be read anew from the files of the snapshot.
/// </param>
/// <param name="Added">
/// Files whose lines all came to the site, in the order of their commits; none where it is replaced. A file that a compaction
/// replaced since is among them, and on disk until a vacuum.
/// </param>
public sealed record SiteChanges(string Site, bool IsReplaced, IReadOnlyList<LakeFile> Added);
