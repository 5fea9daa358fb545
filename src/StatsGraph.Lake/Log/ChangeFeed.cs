using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Log;

/// <summary>
/// Gathers from commits, taken in order, what they did to the lines of each site. A commit that only adds files to a site brings the lines in
/// them. One that also removes files from it, and whose data changes, may have taken lines out, and what it adds are mostly lines that were
/// there before: then the site has to be read anew. One whose data does not change has moved lines.
/// </summary>
internal sealed class ChangeFeed(LakeFolder folder)
{
    private readonly Dictionary<string, Dictionary<string, (AddAction Add, string Commit)>> added = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> sites = new(StringComparer.Ordinal);
    private readonly HashSet<string> replaced = new(StringComparer.Ordinal);

    /// <inheritdoc cref="LakeTable.ChangesSince"/>
    public static LakeChanges? Between(LakeFolder folder, long version, LakeSnapshot upTo)
    {
        if (version < LakeSnapshot.Empty.Version || version > upTo.Version)
            return null;
        var feed = new ChangeFeed(folder);
        for (var next = version + 1; next <= upTo.Version; next++)
        {
            var commit = folder.Commit(next);
            if (!CommitReader.TryRead(commit, out var actions) || !feed.TryAdd(commit, actions))
                return null;
        }
        return feed.ToChanges(upTo);
    }

    /// <summary>Takes the next commit.</summary>
    /// <returns>False when it does not tell which site it took lines from.</returns>
    /// <exception cref="LakeException">A file belongs to no site.</exception>
    private bool TryAdd(string commit, IReadOnlyList<LogAction> actions)
    {
        var adds = actions.OfType<AddAction>().ToLookup(add => FileStatistics.SiteOf(add, commit));
        foreach (var add in adds.SelectMany(ofSite => ofSite))
            sites[PathOf(add.Path)] = FileStatistics.SiteOf(add, commit);
        var removes = actions.OfType<RemoveAction>().ToLookup(remove => SiteOf(PathOf(remove.Path)));
        if (removes[null].Any() && (removes[null].Any(remove => remove.DataChange) || adds.Any(ofSite => ofSite.Any(add => add.DataChange))))
            return false;

        foreach (var site in adds.Select(ofSite => ofSite.Key).Union(removes.Select(ofSite => ofSite.Key).OfType<string>()))
            Add(site, commit, [.. adds[site]], [.. removes[site]]);
        return true;
    }

    /// <summary>All of it.</summary>
    /// <param name="upTo">The version that the last commit made.</param>
    /// <exception cref="LakeException">A file's statistics cannot be read.</exception>
    private LakeChanges ToChanges(LakeSnapshot upTo)
    {
        var live = upTo.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var changed = added.Where(site => site.Value.Count > 0).Select(site => site.Key).Union(replaced).Order(StringComparer.Ordinal);
        return new LakeChanges([.. changed.Select(site =>
            Files(site, live) is { } files ? new SiteChanges(site, IsReplaced: false, files) : new SiteChanges(site, IsReplaced: true, []))]);
    }

    private void Add(string site, string commit, List<AddAction> adds, List<RemoveAction> removes)
    {
        if (!adds.Exists(add => add.DataChange) && !removes.Exists(remove => remove.DataChange))
            return;
        if (removes.Count > 0)
            replaced.Add(site);
        var files = added.TryGetValue(site, out var known) ? known : added[site] = new(StringComparer.Ordinal);
        foreach (var add in adds.Where(add => add.DataChange))
            files.TryAdd(PathOf(add.Path), (add, commit));
    }

    /// <summary>The files that came to a site; null where it is to be read anew, as when a vacuum has deleted one of them.</summary>
    private List<LakeFile>? Files(string site, Dictionary<string, LakeFile> live)
    {
        if (replaced.Contains(site))
            return null;
        var files = new List<LakeFile>();
        foreach (var (path, (add, commit)) in added[site])
        {
            if (!live.TryGetValue(path, out var file) && !File.Exists(path))
                return null;
            files.Add(file ?? FileStatistics.Describe(add, path, commit, folder.Layout));
        }
        return files;
    }

    /// <summary>A removal names only a path: it is known from the commit that added it, or its folder is that of a partition.</summary>
    private string? SiteOf(string path)
    {
        const string Partition = TableLayout.Site + "=";
        if (sites.TryGetValue(path, out var site))
            return site;
        var name = Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        return name.StartsWith(Partition, StringComparison.Ordinal) ? name[Partition.Length..] : null;
    }

    private string PathOf(string uri) => FilePath.Decode(folder.Table, uri);
}
