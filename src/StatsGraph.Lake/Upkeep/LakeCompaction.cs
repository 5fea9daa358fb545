using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>Makes few large files of many small ones, one at a time and each in a commit of its own.</summary>
internal sealed class LakeCompaction(LakeFolder folder, DeltaLog log, IntactFiles intact, TimeProvider time)
{
    /// <inheritdoc cref="LakeTable.Compact"/>
    public CompactionResult Run(CompactionOptions options, CancellationToken cancellation)
    {
        var result = CompactionResult.Nothing;
        while (result.Merges < options.MostMerges)
        {
            var groups = CompactionPlan.Of(log.Refresh().Snapshot.Files, options);
            if (groups.Count == 0)
                break;

            foreach (var group in groups.Take(options.MostMerges - result.Merges))
            {
                // Where another compaction was faster the next plan shows what is left to do.
                if (TryMerge(group, cancellation) is not { } bytes)
                    break;
                result = new CompactionResult(
                    result.Merges + 1, result.Files + group.Count, result.Rows + group.Sum(file => file.Rows),
                    result.BytesBefore + group.Sum(file => file.Size), result.BytesAfter + bytes);
            }
        }
        return result;
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
            using var merge = new FileMerge(group.Select(source => source.Path), expected, cancellation);
            if (merge.Rows != expected)
            {
                throw new LakeException(
                    $"{folder.Table}: the {group.Count} data files from {group[0].Path} on hold {merge.Rows} rows, the log says {expected}; "
                    + "they are left as they are");
            }
            file = new DataFileWriter(folder, site, time).Write(FileMerge.Schema, merge.RowGroups(), cancellation);
        }
        catch (LakeException) when (group.Any(source => log.Refresh().Find(source.Path) is null))
        {
            return null;
        }
        var version = new FileRewrite(folder, log, time).TryCommit([.. group.Select(source => source.Path)], [file], RewriteKind.Compaction);
        return version is null ? null : file.Size;
    }
}
