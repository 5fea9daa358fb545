using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// When data files left the lake, as far back as there are commits. A checkpoint and the state of a process that follows the lake remember a
/// removal for a week only, the commits themselves until a vacuum deletes them.
/// </summary>
internal sealed class RemovalHistory
{
    private readonly Dictionary<string, DateTimeOffset> removals = new(StringComparer.Ordinal);

    /// <summary>What is not among the removals left before this, or was never in; the first instant there is where all commits are there.</summary>
    private readonly DateTimeOffset since = DateTimeOffset.MaxValue;

    /// <summary>Reads the commits from a version back to the oldest that follows on it.</summary>
    /// <exception cref="LakeException">A commit cannot be read.</exception>
    public RemovalHistory(LakeFolder folder, long newest)
    {
        for (var version = newest; version >= 0; version--)
        {
            var commit = folder.Commit(version);
            var made = new DateTimeOffset(File.GetLastWriteTimeUtc(commit));
            if (!CommitReader.TryRead(commit, out var actions))
                break;
            foreach (var removal in actions.OfType<RemoveAction>())
                removals.TryAdd(FilePath.Decode(folder.Table, removal.Path), InstantOf(removal) ?? made);
            since = version > 0 ? made : DateTimeOffset.MinValue;
        }
    }

    /// <summary>Whether a file that is not in the lake certainly was not in it at an instant or after, as far as the commits tell.</summary>
    public bool HadLeft(string path, DateTimeOffset instant) => removals.GetValueOrDefault(path, since) <= instant;

    private static DateTimeOffset? InstantOf(RemoveAction removal)
        => removal.DeletionTimestamp is { } instant ? DateTimeOffset.FromUnixTimeMilliseconds(instant) : null;
}
