using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Puts data files in place of others, in one commit: readers see all of the old ones or all of the new ones. Of two rewrites that replace
/// the same file one wins; the other is told, and has to look at the lake anew. Appends beside a rewrite do not disturb it, nor it
/// them: whoever appends compares with the new files too.
/// </summary>
internal sealed class FileRewrite(LakeFolder folder, DeltaLog log, TimeProvider time)
{
    /// <summary>Makes the commit.</summary>
    /// <param name="replaced">Absolute paths of the files that are replaced.</param>
    /// <param name="replacements">
    /// Files that hold their rows, written and flushed; none when no row is left. They belong to the rewrite from here on: where it is not
    /// committed they are deleted, and left to the vacuum where the disk fails so that nobody can tell.
    /// </param>
    /// <param name="kind">What it is done for.</param>
    /// <param name="isStillRight">
    /// Whether it is right to be done to a version, which may be newer than the one it was planned on; null for always.
    /// </param>
    /// <param name="more">What else the commit says, of the version before it; null for nothing.</param>
    /// <returns>
    /// The version that the commit made; null when a replaced file is no part of the lake any more, or it is not right any more, and nothing
    /// was done.
    /// </returns>
    /// <exception cref="LakeException">The log cannot be read or written.</exception>
    public long? TryCommit(
        IReadOnlyCollection<string> replaced,
        IReadOnlyCollection<AddAction> replacements,
        RewriteKind kind,
        Func<LogState, bool>? isStillRight = null,
        Func<LogState, IEnumerable<LogAction>>? more = null)
    {
        while (true)
        {
            var state = log.Refresh();
            if (state.Protocol is { } protocol)
                TableDefinition.CheckWritable(protocol, folder.Log);
            if (Removals(state, replaced, kind) is not { } removals || isStillRight?.Invoke(state) is false)
            {
                foreach (var add in replacements)
                    AtomicFile.Discard(FilePath.Decode(folder.Table, add.Path));
                return null;
            }

            LogAction[] actions =
                [.. removals, .. replacements.Select(add => add with { DataChange = kind.ChangesData }), .. more?.Invoke(state) ?? []];
            if (!log.TryCommit(state, actions, kind.Operation))
                continue;
            log.Settle(state, actions);
            return state.Version + 1;
        }
    }

    /// <summary>The removals, or null when one of the files is not live.</summary>
    private List<RemoveAction>? Removals(LogState state, IReadOnlyCollection<string> replaced, RewriteKind kind)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var removals = new List<RemoveAction>();
        foreach (var path in replaced)
        {
            if (state.Find(path) is not { } add)
                return null;
            removals.Add(new RemoveAction(add.Path, now, kind.ChangesData));
        }
        return removals;
    }
}

/// <summary>What files are rewritten for.</summary>
/// <param name="Operation">Name of the operation in the history, as other engines call it.</param>
/// <param name="ChangesData">Whether the lake holds other lines afterwards; where not, those who follow the table need not look.</param>
internal sealed record RewriteKind(string Operation, bool ChangesData)
{
    /// <summary>The same lines in fewer, better ordered files.</summary>
    public static readonly RewriteKind Compaction = new("OPTIMIZE", ChangesData: false);

    /// <summary>Lines leave the lake.</summary>
    public static readonly RewriteKind Removal = new("DELETE", ChangesData: true);
}
