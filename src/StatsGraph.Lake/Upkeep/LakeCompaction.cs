using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Makes few large files of many small ones, one at a time and each in a commit of its own. A site where that fails, as over a damaged file, is
/// left alone from then on, and the others are compacted.
/// </summary>
internal sealed class LakeCompaction(LakeFolder folder, DeltaLog log, IntactFiles intact, TimeProvider time)
{
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);
    private CompactionResult result = CompactionResult.Nothing;

    /// <inheritdoc cref="LakeTable.Compact"/>
    public CompactionResult Run(CompactionOptions options, CancellationToken cancellation)
    {
        while (result.Merges < options.MostMerges)
        {
            var groups = CompactionPlan.Of(log.Refresh().Snapshot.Files.Where(file => !failed.Contains(file.Site)), options);
            if (groups.Count == 0)
                break;

            foreach (var group in groups.Take(options.MostMerges - result.Merges))
            {
                // Where another compaction was faster, or a site failed, the next plan shows what is left to do.
                if (!TryAdd(group, cancellation))
                    break;
            }
        }
        return result;
    }

    /// <summary>Merges files and counts them; false when nothing was done.</summary>
    private bool TryAdd(IReadOnlyList<LakeFile> group, CancellationToken cancellation)
    {
        try
        {
            if (TryMerge(group, cancellation) is not { } bytes)
                return false;
            result = result with
            {
                Merges = result.Merges + 1,
                Files = result.Files + group.Count,
                Rows = result.Rows + group.Sum(file => file.Rows),
                BytesBefore = result.BytesBefore + group.Sum(file => file.Size),
                BytesAfter = result.BytesAfter + bytes,
            };
            return true;
        }
        catch (LakeException failure)
        {
            failed.Add(group[0].Site);
            result = result with { Failures = [.. result.Failures, failure] };
            return false;
        }
    }

    /// <summary>Merges files.</summary>
    /// <returns>Size of the file that replaced them; null when one of them was gone already.</returns>
    private long? TryMerge(IReadOnlyList<LakeFile> group, CancellationToken cancellation)
    {
        var (site, expected) = (group[0].Site, group.Sum(file => file.Rows));
        AddAction file;
        try
        {
            // The new file gets a checksum of its own: what is damaged now would be right for ever after.
            foreach (var source in group)
                intact.Check(source, cancellation);
            using var merge = new FileMerge(group.Select(source => source.Path), folder.Layout, expected, cancellation);
            if (merge.Rows != expected)
            {
                throw new LakeException(
                    $"{folder.Table}: the {group.Count} data files from {group[0].Path} on hold {merge.Rows} rows, the log says {expected}; "
                    + "they are left as they are");
            }
            file = new DataFileWriter(folder, site, time).Write(FileMerge.SchemaOf(folder.Layout), merge.RowGroups(), cancellation);
        }
        catch (LakeException) when (group.Any(source => log.Refresh().Find(source.Path) is null))
        {
            return null;
        }
        var version = new FileRewrite(folder, log, time).TryCommit([.. group.Select(source => source.Path)], [file], RewriteKind.Compaction);
        return version is null ? null : file.Size;
    }
}
