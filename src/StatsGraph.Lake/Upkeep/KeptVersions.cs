using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// What a vacuum leaves alone for versions that somebody wants to read again: their data files; and what the log tells of them, which is put aside
/// before that part of the log goes. A file with lines that a prune took out of the lake is none of them: what was removed is removed everywhere.
/// </summary>
internal sealed class KeptVersions
{
    private readonly VersionArchive archive;
    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<long, LogState> states = [];
    private readonly HashSet<long> wantedVersions;

    /// <summary>
    /// Finds them out. Versions that nothing tells are left out. One after the newest is looked for as well: the lake may have been put back to an earlier
    /// state, and is put right again when that is seen.
    /// </summary>
    /// <param name="archive">Where versions are put aside.</param>
    /// <param name="log">The log of the lake.</param>
    /// <param name="newest">Its newest version, which knows the prunes.</param>
    /// <param name="wanted">What is to be kept of this table.</param>
    /// <exception cref="LakeException">A version cannot be read.</exception>
    public KeptVersions(VersionArchive archive, DeltaLog log, LogState newest, IReadOnlyList<WantedVersion> wanted)
    {
        this.archive = archive;
        wantedVersions = [.. wanted.Select(kept => kept.Version)];
        foreach (var kept in wanted.Where(kept => kept.Version >= 0 && kept.Version != newest.Version))
        {
            if (!states.TryGetValue(kept.Version, out var state))
            {
                if (log.At(kept.Version) is not { } told)
                    continue;
                states.Add(kept.Version, state = told);
            }

            var cutoff = PruneTransaction.Find(newest.Transactions, kept.Site);
            files.UnionWith(state.Snapshot.Files
                .Where(file => file.Site == kept.Site && (kept.Since is null || file.LastEnd >= kept.Since) && !(file.FirstEnd < cutoff)).Select(file => file.Path));
        }
    }

    /// <summary>Whether a data file is of a kept version, by its absolute path.</summary>
    public bool Needs(string path) => files.Contains(path);

    /// <summary>Puts those versions aside whose part of the log goes.</summary>
    /// <param name="start">First version that the log tells afterwards.</param>
    /// <param name="markOf">Tells a version from one of the same number in another lake.</param>
    /// <exception cref="LakeException">The disk fails.</exception>
    public void PutAside(long start, Func<long, string?> markOf)
    {
        foreach (var (version, state) in states.Where(state => state.Key < start))
            archive.Add(state, markOf(version));
    }

    /// <summary>Files of versions that were put aside and that nobody wants any more.</summary>
    public IEnumerable<FileInfo> Unwanted() => archive.Files.Where(file => !wantedVersions.Contains(file.Version)).Select(file => new FileInfo(file.Path));
}

/// <summary>A version of a table that somebody wants to read again.</summary>
/// <param name="Version">Delta version.</param>
/// <param name="Site">Key of the site.</param>
/// <param name="Since">Files whose stamps all lie before are not wanted, nor those without any stamp; null where all are.</param>
internal sealed record WantedVersion(long Version, string Site, DateTimeOffset? Since)
{
    /// <summary>What of the kept versions of the lake is of a table.</summary>
    public static IReadOnlyList<WantedVersion> Of(TableLayout table, IReadOnlyList<KeptVersion> kept) => table == TableLayout.Lines
        ? [.. kept.Select(version => new WantedVersion(version.Version, version.Site, version.Since))]
        : [.. kept.Where(version => version.Plays is not null).Select(version => new WantedVersion(version.Plays!.Value, version.Site, Since: null))];
}
