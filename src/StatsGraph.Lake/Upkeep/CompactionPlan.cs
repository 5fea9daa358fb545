using StatsGraph.Lake.Disk;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Which files become one. Files that follow one another in time go together; a file of half the size that files shall have is left alone for
/// ever. A file is only rewritten into one of <see cref="Growth"/> times its rows at least, so that a row is rewritten no more often than its
/// file can grow by that: the work is the logarithm of what there is.
/// </summary>
internal static class CompactionPlan
{
    /// <summary>Files that are open at once at most.</summary>
    private const int MostFiles = 100;

    /// <summary>How much larger a file has to become to be worth writing again.</summary>
    private const double Growth = 1.5;

    /// <summary>The groups of files to merge, those of the fewest rows first; empty when nothing is due.</summary>
    /// <param name="files">Live files.</param>
    /// <param name="options">How eager to be.</param>
    public static List<IReadOnlyList<LakeFile>> Of(IEnumerable<LakeFile> files, CompactionOptions options)
        => [.. files.Where(file => (options.Site ?? file.Site) == file.Site && IsSmall(file, options) && IsOurs(file))
            .GroupBy(file => file.Site)
            .SelectMany(site => OfSite([.. site.OrderBy(file => file.LastEnd ?? DateTimeOffset.MaxValue)], options))
            .OrderBy(group => group.Sum(file => file.Rows))];

    private static IEnumerable<IReadOnlyList<LakeFile>> OfSite(List<LakeFile> files, CompactionOptions options)
    {
        for (var start = 0; start < files.Count;)
        {
            var end = Fill(files, start, options);
            // What is full gets no better by waiting for more.
            var fewest = end < files.Count ? 2 : options.FewestFiles;
            var group = Worthwhile(files[start..end], fewest);
            if (group.Count >= fewest)
                yield return group;
            start = end;
        }
    }

    /// <summary>The end of the files from a start on that fit into one.</summary>
    private static int Fill(List<LakeFile> files, int start, CompactionOptions options)
    {
        var (rows, bytes) = (0L, 0L);
        var end = start;
        for (; end < files.Count && end - start < MostFiles; end++)
        {
            (rows, bytes) = (rows + files[end].Rows, bytes + files[end].Size);
            if (rows > options.RowsPerFile || bytes > CompactionOptions.BytesPerFile)
                break;
        }
        return end;
    }

    /// <summary>Leaves out the largest files until all of what is left is worth writing again.</summary>
    private static List<LakeFile> Worthwhile(List<LakeFile> files, int fewest)
    {
        var rows = files.Sum(file => file.Rows);
        foreach (var largest in files.OrderByDescending(file => file.Rows).ToList())
        {
            if (files.Count < fewest || largest.Rows * Growth <= rows)
                break;
            files.Remove(largest);
            rows -= largest.Rows;
        }
        return files;
    }

    private static bool IsSmall(LakeFile file, CompactionOptions options)
        => file.Rows < options.RowsPerFile / 2 && file.Size < CompactionOptions.BytesPerFile / 2;

    /// <summary>What another writer put into the table may have other types, and is left as it is.</summary>
    private static bool IsOurs(LakeFile file) => FileNames.KindOf(file.Path) == FileKind.Data;
}
